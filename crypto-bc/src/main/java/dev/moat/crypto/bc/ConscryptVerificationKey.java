package dev.moat.crypto.bc;

import dev.moat.bytes.Bytes;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.VerificationKey;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;

/** A key to verify with, in BoringSSL's form. */
final class ConscryptVerificationKey implements VerificationKey {
  private final BoringSsl library;
  private final SignatureAlgorithm algorithm;
  private final Bytes publicKey;
  private final PublicKey key;

  /** The key was checked. */
  ConscryptVerificationKey(BoringSsl library, SignatureAlgorithm algorithm, Bytes publicKey) {
    this.library = library;
    this.algorithm = algorithm;
    this.publicKey = publicKey;
    try {
      this.key = library.publicKey(BoringSsl.Form.of(algorithm), publicKey);
    } catch (InvalidKeySpecException impossible) {
      throw BoringSsl.broken(impossible);
    }
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
  public boolean verify(Bytes message, Bytes signature) {
    return signature.length() == algorithm.signatureOctets()
        && verifyOfRightLength(
            message,
            algorithm == SignatureAlgorithm.ED25519
                ? signature.toArray()
                : DerSignature.ofFixed(signature));
  }

  private boolean verifyOfRightLength(Bytes message, byte[] encoded) {
    try {
      Signature verifier = library.signature(algorithm);
      verifier.initVerify(key);
      verifier.update(message.toArray());
      return verifier.verify(encoded);
    } catch (SignatureException malformed) {
      return false;
    } catch (GeneralSecurityException impossible) {
      throw BoringSsl.broken(impossible);
    }
  }

  @Override
  public String toString() {
    return "VerificationKey[" + algorithm + "]";
  }
}
