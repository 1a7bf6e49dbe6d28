package dev.moat.crypto.bc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.SigningKey;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.math.ec.rfc8032.Ed448;

/** A key for Ed25519 or Ed448 (RFC 8032). */
final class EdwardsSigningKey implements SigningKey {
  private final SignatureAlgorithm algorithm;
  private final SecretBytes seed;
  private final byte[] publicKey;

  /** Takes the seed over. */
  EdwardsSigningKey(SignatureAlgorithm algorithm, SecretBytes seed) {
    this.algorithm = algorithm;
    this.seed = seed;
    this.publicKey = seed.use(octets -> publicKey(algorithm, octets));
  }

  @Override
  public SignatureAlgorithm algorithm() {
    return algorithm;
  }

  @Override
  public Bytes publicKey() {
    return Bytes.copyOf(publicKey);
  }

  /**
   * Signs with the public key that belongs to the seed: a key of the caller's choice in its place
   * would give the seed away.
   */
  @Override
  public Bytes sign(Bytes message) {
    return seed.use(octets -> sign(octets, message.toArray()));
  }

  @Override
  public void close() {
    seed.close();
  }

  @Override
  public String toString() {
    return "SigningKey[" + algorithm + "]";
  }

  private static byte[] publicKey(SignatureAlgorithm algorithm, byte[] seed) {
    byte[] key = new byte[algorithm.publicKeyOctets()];
    if (algorithm == SignatureAlgorithm.ED25519) {
      Ed25519.generatePublicKey(seed, 0, key, 0);
    } else {
      Ed448.generatePublicKey(seed, 0, key, 0);
    }
    return key;
  }

  private Bytes sign(byte[] octets, byte[] message) {
    byte[] signature = new byte[algorithm.signatureOctets()];
    if (algorithm == SignatureAlgorithm.ED25519) {
      Ed25519.sign(octets, 0, publicKey, 0, message, 0, message.length, signature, 0);
    } else {
      byte[] context = new byte[0];
      Ed448.sign(octets, 0, publicKey, 0, context, message, 0, message.length, signature, 0);
    }
    return Bytes.owned(signature);
  }
}
