package dev.moat.crypto;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import java.security.PrivateKey;

/** A key to sign with, in the JDK's form. */
final class JdkSigningKey implements SigningKey {
  private final JdkSignature signature;
  private final DroppableKey key;
  private final Bytes publicKey;

  /** Copies the octets, which were checked. */
  JdkSigningKey(JdkSignature signature, SecretBytes octets) {
    PrivateKey prepared = signature.form().privateKey(octets);
    this.signature = signature;
    this.key = new DroppableKey(prepared);
    this.publicKey = signature.publicKeyOf(octets, prepared);
  }

  @Override
  public SignatureAlgorithm algorithm() {
    return signature.algorithm();
  }

  @Override
  public Bytes publicKey() {
    return publicKey;
  }

  @Override
  public Bytes sign(Bytes message) {
    return signature.sign(key.use(), message);
  }

  @Override
  public void close() {
    key.close();
  }

  @Override
  public String toString() {
    return "SigningKey[" + algorithm() + "]";
  }
}
