package dev.moat.crypto;

import dev.moat.bytes.Bytes;

/** A public key for signatures, checked. May be shared among threads. */
public interface VerificationKey {
  /** The algorithm. */
  SignatureAlgorithm algorithm();

  /** The public key: for ECDSA x and y behind each other, for EdDSA the encoded point. */
  Bytes publicKey();

  /** True when {@code signature} is one of {@code message}; false for everything else. */
  boolean verify(Bytes message, Bytes signature);
}
