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
   * What draft-ietf-core-oscore-key-limits, Section 2.1, recommends for AES-CCM with a tag of 64
   * bits, where it bites most, for messages of up to 2^8 blocks.
   */
  private static final KeyUsageLimits SHORT_TAG = new KeyUsageLimits(1L << 20, 1L << 20);

  /** AES-CCM and AES-GCM with a full tag: q as in TLS 1.3 (RFC 8446, Section 5.5), rounded down. */
  private static final KeyUsageLimits FULL_TAG = new KeyUsageLimits(1L << 23, 1L << 23);

  /**
   * ChaCha20-Poly1305: no practical limit on q; v as DTLS 1.3 has it (RFC 9147, Section 4.5.3),
   * rounded down. What limits q here is the sequence number.
   */
  private static final KeyUsageLimits CHACHA =
      new KeyUsageLimits(SequenceReservations.LIMIT, 1L << 35);

  /** Checks that the limits allow any use. */
  public KeyUsageLimits {
    if (seals < 1 || forgeries < 1) {
      throw new IllegalArgumentException("key usage limits of " + seals + " and " + forgeries);
    }
  }

  /** Conservative limits for an algorithm. */
  public static KeyUsageLimits of(AeadAlgorithm algorithm) {
    if (algorithm == AeadAlgorithm.CHACHA20_POLY1305) {
      return CHACHA;
    }
    return algorithm.tagOctets() == 8 ? SHORT_TAG : FULL_TAG;
  }
}
