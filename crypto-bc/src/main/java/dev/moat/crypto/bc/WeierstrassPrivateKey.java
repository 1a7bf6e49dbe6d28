package dev.moat.crypto.bc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.DhPublicKey;
import dev.moat.crypto.KeyMaterialException;
import java.math.BigInteger;
import org.bouncycastle.crypto.agreement.ECDHBasicAgreement;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.util.BigIntegers;

/** A private key of P-256 or P-384 for ECDH (NIST SP 800-56A, Section 5.7.1.2). */
final class WeierstrassPrivateKey implements DhPrivateKey {
  private final WeierstrassCurve curve;
  private final SecretBytes scalar;
  private final Bytes publicKey;

  /** Takes the scalar over, which was checked. */
  WeierstrassPrivateKey(WeierstrassCurve curve, SecretBytes scalar) {
    this.curve = curve;
    this.scalar = scalar;
    this.publicKey = curve.publicPoint(scalar).slice(0, curve.octets()).compact();
  }

  @Override
  public DhCurve curve() {
    return curve.agreement();
  }

  @Override
  public Bytes publicKey() {
    return publicKey;
  }

  /** Never fails with ZERO_SHARED_SECRET: the group's order is a prime. */
  @Override
  public SecretBytes agree(DhPublicKey peer) throws KeyMaterialException {
    Agreements.requireSameCurve(this, peer);
    ECPublicKeyParameters point = WeierstrassPublicKey.of(peer).point();
    return scalar.use(octets -> agree(octets, point));
  }

  /** By the agreement class, whose multiplication takes the same time for every scalar. */
  private SecretBytes agree(byte[] octets, ECPublicKeyParameters point) {
    ECDHBasicAgreement agreement = new ECDHBasicAgreement();
    agreement.init(curve.privateKey(octets));
    BigInteger shared = agreement.calculateAgreement(point);
    return SecretBytes.owned(BigIntegers.asUnsignedByteArray(curve.octets(), shared));
  }

  @Override
  public void close() {
    scalar.close();
  }

  @Override
  public String toString() {
    return "DhPrivateKey[" + curve() + "]";
  }
}
