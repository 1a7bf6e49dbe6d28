package dev.moat.oscore.context;

import dev.moat.crypto.AeadAlgorithm;

/**
 * How often one key may be used before its security margin is gone: {@code q} and {@code v} of
 * draft-irtf-cfrg-aead-limits, and the counters of draft-ietf-core-oscore-key-limits.
 *
 * <p>Sealing stops at its limit. Verifying does not stop at its limit: forgeries are made by
 * whoever can send datagrams, and 16,384 of them must not silence a lock. The limit is told to the
 * operator, who establishes new keys; verifying stops at {@code forgeriesRefused}.
 *
 * @param seals messages protected with the Sender Key, at least 1
 * @param forgeries messages that failed to verify with the Recipient Key before that is told, at
 *     least 1
 * @param forgeriesRefused after how many of them nothing is verified any more, at least {@code
 *     forgeries}
 */
public record KeyUsageLimits(long seals, long forgeries, long forgeriesRefused) {
  /**
   * AES-CCM with a tag of 64 bits: a forgery succeeds with 2^-50 at most, for messages of up to 2^8
   * blocks (Section 2.1 of the OSCORE draft); with about 2^-32 when verifying stops.
   */
  private static final KeyUsageLimits SHORT_TAG = new KeyUsageLimits(1L << 20, 1L << 14, 1L << 32);

  /** All others: both advantages stay below 2^-64 for 2^10 blocks (same section). */
  private static final KeyUsageLimits FULL_TAG = new KeyUsageLimits(1L << 20, 1L << 20, 1L << 40);

  /** Checks that the limits allow any use. */
  public KeyUsageLimits {
    if (seals < 1 || forgeries < 1 || forgeriesRefused < forgeries) {
      throw new IllegalArgumentException(
          "key usage limits of " + seals + ", " + forgeries + " and " + forgeriesRefused);
    }
  }

  /** What draft-ietf-core-oscore-key-limits-06 recommends for an algorithm. */
  public static KeyUsageLimits of(AeadAlgorithm algorithm) {
    return algorithm.tagOctets() == 8 ? SHORT_TAG : FULL_TAG;
  }
}
