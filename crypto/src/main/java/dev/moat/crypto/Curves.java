package dev.moat.crypto;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;

/**
 * Key agreement and signatures. Keys are checked and prepared once, and may be used often and by
 * several threads. Implementations may be shared among threads.
 */
public interface Curves {
  /** What does the work, with its version, for messages to operators. */
  String provider();

  /** True when keys of {@code curve} can be made. */
  boolean supports(DhCurve curve);

  /** True when keys of {@code algorithm} can be made. */
  boolean supports(SignatureAlgorithm algorithm);

  /**
   * A fresh private key.
   *
   * @throws IllegalArgumentException when the curve is not supported
   */
  DhPrivateKey generate(DhCurve curve, RandomSource random);

  /**
   * A private key from its octets, which stay the caller's to erase.
   *
   * @throws KeyMaterialException WRONG_LENGTH, SCALAR_OUT_OF_RANGE, UNSUPPORTED
   */
  DhPrivateKey privateKey(DhCurve curve, SecretBytes octets) throws KeyMaterialException;

  /**
   * A peer's public key from its coordinate alone; of the two points that have it either may be
   * meant, the shared secret is the same.
   *
   * @throws KeyMaterialException WRONG_LENGTH, NOT_REDUCED, NOT_ON_CURVE, LOW_ORDER, UNSUPPORTED
   */
  DhPublicKey publicKey(DhCurve curve, Bytes coordinate) throws KeyMaterialException;

  /**
   * A key to sign with, from its octets, which stay the caller's to erase.
   *
   * @throws KeyMaterialException WRONG_LENGTH, SCALAR_OUT_OF_RANGE, UNSUPPORTED
   */
  SigningKey signingKey(SignatureAlgorithm algorithm, SecretBytes octets)
      throws KeyMaterialException;

  /**
   * A key to verify with; for ECDSA x and y behind each other.
   *
   * @throws KeyMaterialException WRONG_LENGTH, NOT_REDUCED, NOT_ON_CURVE, LOW_ORDER, UNSUPPORTED
   */
  VerificationKey verificationKey(SignatureAlgorithm algorithm, Bytes publicKey)
      throws KeyMaterialException;
}
