package dev.moat.crypto;

import dev.moat.bytes.Bytes;

/** A private key for signatures. May be shared among threads. */
public interface SigningKey extends AutoCloseable {
  /** The algorithm. */
  SignatureAlgorithm algorithm();

  /** The public key: for ECDSA x and y behind each other, for EdDSA the encoded point. */
  Bytes publicKey();

  /**
   * Signs a message.
   *
   * @throws IllegalStateException after {@link #close()}
   */
  Bytes sign(Bytes message);

  /** Erases the key as far as the platform allows; a second call does nothing. */
  @Override
  void close();
}
