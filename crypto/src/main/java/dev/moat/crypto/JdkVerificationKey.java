package dev.moat.crypto;

import dev.moat.bytes.Bytes;
import java.security.PublicKey;

/** A key to verify with, in the JDK's form. */
record JdkVerificationKey(JdkSignature signature, Bytes publicKey, PublicKey key)
    implements VerificationKey {
  /**
   * Octets that were checked but for the curve's equation.
   *
   * @throws KeyMaterialException NOT_ON_CURVE
   */
  static JdkVerificationKey of(JdkSignature signature, Bytes octets) throws KeyMaterialException {
    return new JdkVerificationKey(signature, octets, signature.publicKey(octets));
  }

  @Override
  public SignatureAlgorithm algorithm() {
    return signature.algorithm();
  }

  @Override
  public boolean verify(Bytes message, Bytes octets) {
    return signature.verify(key, message, octets);
  }
}
