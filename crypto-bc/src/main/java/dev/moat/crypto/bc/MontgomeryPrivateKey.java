package dev.moat.crypto.bc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.DhPublicKey;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.crypto.KeyMaterialException.Reason;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc7748.X448;

/** A private key of X25519 or X448 (RFC 7748). */
final class MontgomeryPrivateKey implements DhPrivateKey {
  private final DhCurve curve;
  private final SecretBytes scalar;
  private final Bytes publicKey;

  /** Takes the scalar over. */
  MontgomeryPrivateKey(DhCurve curve, SecretBytes scalar) {
    this.curve = curve;
    this.scalar = scalar;
    this.publicKey = Bytes.owned(scalar.use(octets -> multiplyBase(curve, octets)));
  }

  @Override
  public DhCurve curve() {
    return curve;
  }

  @Override
  public Bytes publicKey() {
    return publicKey;
  }

  @Override
  public SecretBytes agree(DhPublicKey peer) throws KeyMaterialException {
    Agreements.requireSameCurve(this, peer);
    byte[] point = peer.coordinate().toArray();
    byte[] shared = new byte[curve.octets()];
    if (!scalar.use(octets -> multiply(curve, octets, point, shared))) {
      throw new KeyMaterialException(Reason.ZERO_SHARED_SECRET);
    }
    return SecretBytes.owned(shared);
  }

  @Override
  public void close() {
    scalar.close();
  }

  @Override
  public String toString() {
    return "DhPrivateKey[" + curve + "]";
  }

  private static byte[] multiplyBase(DhCurve curve, byte[] scalar) {
    byte[] point = new byte[curve.octets()];
    if (curve == DhCurve.X25519) {
      X25519.scalarMultBase(scalar, 0, point, 0);
    } else {
      X448.scalarMultBase(scalar, 0, point, 0);
    }
    return point;
  }

  /** False when the result is all zero. */
  private static boolean multiply(DhCurve curve, byte[] scalar, byte[] point, byte[] shared) {
    return curve == DhCurve.X25519
        ? X25519.calculateAgreement(scalar, 0, point, 0, shared, 0)
        : X448.calculateAgreement(scalar, 0, point, 0, shared, 0);
  }
}
