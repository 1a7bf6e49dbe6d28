package dev.moat.oscore.context;

import dev.moat.crypto.AeadAlgorithm;

/**
 * How often one key may be used before its security margin is gone: {@code q} and {@code v} of
 * draft-irtf-cfrg-aead-limits, and the counters of draft-ietf-core-oscore-key-limits.
 *
 * @param seals messages protected with the Sender Key, at least 1
 * @param forgeries messages that failed to verify with the Recipient Key, at least 1
 */
public record KeyUsageLimits(long seals, long forgeries) {
  /**
   * AES-CCM with a tag of 64 bits: a forgery succeeds with 2^-50 at most, for messages of up to 2^8
   * blocks (Section 2.1 of the OSCORE draft).
   */
  private static final KeyUsageLimits SHORT_TAG = new KeyUsageLimits(1L << 20, 1L << 14);

  /** All others: both advantages stay below 2^-64 for 2^10 blocks (same section). */
  private static final KeyUsageLimits FULL_TAG = new KeyUsageLimits(1L << 20, 1L << 20);

  /** Checks that the limits allow any use. */
  public KeyUsageLimits {
    if (seals < 1 || forgeries < 1) {
      throw new IllegalArgumentException("key usage limits of " + seals + " and " + forgeries);
    }
  }

  /** What draft-ietf-core-oscore-key-limits-06 recommends for an algorithm. */
  public static KeyUsageLimits of(AeadAlgorithm algorithm) {
    return algorithm.tagOctets() == 8 ? SHORT_TAG : FULL_TAG;
  }
}
