package dev.moat.crypto.bc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.DhPublicKey;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.crypto.KeyMaterialException.Reason;
import java.security.InvalidKeyException;
import java.security.PrivateKey;

/** A private key for agreement, in BoringSSL's form. */
final class ConscryptDhPrivateKey implements DhPrivateKey {
  private final BoringSsl library;
  private final DhCurve curve;
  private final DroppableKey key;
  private final Bytes publicKey;

  /** Copies the scalar, which was checked. */
  ConscryptDhPrivateKey(BoringSsl library, DhCurve curve, SecretBytes scalar) {
    this.library = library;
    this.curve = curve;
    PrivateKey prepared = library.privateKey(BoringSsl.Form.of(curve), scalar);
    this.key = new DroppableKey(prepared);
    try {
      ConscryptDhPublicKey base = ConscryptDhPublicKey.of(library, curve, BasePoints.of(curve));
      this.publicKey = Bytes.owned(multiply(prepared, base));
    } catch (KeyMaterialException impossible) {
      throw new IllegalStateException("the base point is not on the curve", impossible);
    }
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
    return SecretBytes.owned(multiply(key.use(), ConscryptDhPublicKey.of(library, peer)));
  }

  private byte[] multiply(PrivateKey scalar, ConscryptDhPublicKey point)
      throws KeyMaterialException {
    try {
      return library.agree(BoringSsl.Form.of(curve), scalar, point.key());
    } catch (InvalidKeyException zero) {
      throw new KeyMaterialException(Reason.ZERO_SHARED_SECRET);
    }
  }

  @Override
  public void close() {
    key.close();
  }

  @Override
  public String toString() {
    return "DhPrivateKey[" + curve + "]";
  }
}
