package dev.moat.crypto;

/**
 * Authenticated encryption under one key. Works in place, so that a caller who keeps its buffers
 * allocates nothing.
 *
 * <p>Never seal two messages under one nonce: the caller owns that rule. Owned by one thread;
 * {@link #close()} erases what can be erased.
 */
public interface Aead extends AutoCloseable {
  /** The algorithm. */
  AeadAlgorithm algorithm();

  /**
   * Encrypts {@code length} octets of {@code buffer} from {@code offset} on, in place, and writes
   * the tag behind them.
   *
   * @param nonce exactly as long as the algorithm says
   * @param aad its first {@code aadLength} octets are the additional data
   * @throws IllegalArgumentException when a length does not fit the algorithm or the buffer
   * @throws IllegalStateException after {@link #close()}
   */
  void seal(byte[] nonce, byte[] aad, int aadLength, byte[] buffer, int offset, int length);

  /**
   * Verifies and decrypts {@code length} octets, tag included, in place: the plaintext is {@code
   * length} minus the tag. Compares the tag in constant time.
   *
   * @return false when the tag is wrong or {@code length} is shorter than a tag; then the octets of
   *     the buffer are zero or the ciphertext, never plaintext
   * @throws IllegalArgumentException when the nonce has the wrong length or the range is outside of
   *     the buffer
   * @throws IllegalStateException after {@link #close()}
   */
  boolean open(byte[] nonce, byte[] aad, int aadLength, byte[] buffer, int offset, int length);

  /** Erases the key as far as the platform allows; a second call does nothing. */
  @Override
  void close();
}
