package dev.moat.crypto;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.KeyMaterialException.Reason;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import javax.crypto.KeyAgreement;

/** A private key for agreement, in the JDK's form. */
final class JdkDhPrivateKey implements DhPrivateKey {
  private final DhCurve curve;
  private final DroppableKey key;
  private final Bytes publicKey;

  /** Copies the scalar, which was checked. */
  JdkDhPrivateKey(DhCurve curve, SecretBytes scalar) {
    PrivateKey prepared = JdkKeyForm.of(curve).privateKey(scalar);
    this.curve = curve;
    this.key = new DroppableKey(prepared);
    try {
      this.publicKey = Bytes.owned(multiply(prepared, JdkDhPublicKey.base(curve)));
    } catch (KeyMaterialException impossible) {
      throw new IllegalStateException("this platform's curves do not work", impossible);
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
    if (peer.curve() != curve) {
      throw new IllegalArgumentException(
          "a key of %s agrees with none of %s".formatted(curve, peer.curve()));
    }
    return SecretBytes.owned(multiply(key.use(), JdkDhPublicKey.of(peer)));
  }

  /** The JDK refuses the shared secret of zeros itself (RFC 7748, Section 6). */
  private byte[] multiply(PrivateKey scalar, JdkDhPublicKey point) throws KeyMaterialException {
    try {
      KeyAgreement agreement = KeyAgreement.getInstance(name(), JdkCurves.PROVIDER);
      agreement.init(scalar);
      var unused = agreement.doPhase(point.key(), true);
      return agreement.generateSecret();
    } catch (InvalidKeyException lowOrder) {
      throw new KeyMaterialException(Reason.ZERO_SHARED_SECRET);
    } catch (GeneralSecurityException impossible) {
      throw JdkCiphers.broken(impossible);
    }
  }

  private String name() {
    return switch (curve) {
      case P_256, P_384 -> "ECDH";
      case X25519, X448 -> "XDH";
    };
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
