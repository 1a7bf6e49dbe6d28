package dev.moat.crypto.bc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.SigningKey;
import java.security.GeneralSecurityException;
import java.security.Signature;

/** A key to sign with, in BoringSSL's form. */
final class ConscryptSigningKey implements SigningKey {
  private final BoringSsl library;
  private final SignatureAlgorithm algorithm;
  private final DroppableKey key;
  private final Bytes publicKey;

  /** Copies the octets, which were checked. */
  ConscryptSigningKey(
      BoringSsl library, SignatureAlgorithm algorithm, SecretBytes octets, Bytes publicKey) {
    this.library = library;
    this.algorithm = algorithm;
    this.key = new DroppableKey(library.privateKey(BoringSsl.Form.of(algorithm), octets));
    this.publicKey = publicKey;
  }

  @Override
  public SignatureAlgorithm algorithm() {
    return algorithm;
  }

  @Override
  public Bytes publicKey() {
    return publicKey;
  }

  @Override
  public Bytes sign(Bytes message) {
    try {
      Signature signature = library.signature(algorithm);
      signature.initSign(key.use());
      signature.update(message.toArray());
      byte[] made = signature.sign();
      return algorithm == SignatureAlgorithm.ED25519
          ? Bytes.owned(made)
          : DerSignature.toFixed(algorithm, made);
    } catch (GeneralSecurityException impossible) {
      throw BoringSsl.broken(impossible);
    }
  }

  @Override
  public void close() {
    key.close();
  }

  @Override
  public String toString() {
    return "SigningKey[" + algorithm + "]";
  }
}
