package dev.moat.engine.reliability;

/**
 * Tells fresh notifications of one observation from older ones that arrive late (RFC 7641, Section
 * 3.4).
 */
public final class NotificationOrder {
  private static final int MODULUS_BITS = 24;
  private static final long HALF = 1L << (MODULUS_BITS - 1);
  private static final long MASK = (1L << MODULUS_BITS) - 1;
  private static final long FORGET_NANOS = 128_000_000_000L;

  private long newest;
  private long newestNanos;

  /** Starts with the first response of the observation. */
  public NotificationOrder(long sequence, long nowNanos) {
    newest = sequence & MASK;
    newestNanos = nowNanos;
  }

  /** True, and remembered as the newest, when this one is newer than all before. */
  public boolean accept(long sequence, long nowNanos) {
    long ahead = ((sequence & MASK) - newest) & MASK;
    // V1 < V2 and V2 - V1 < 2^23, or V1 > V2 and V1 - V2 > 2^23, or T2 > T1 + 128 seconds
    boolean newer = ahead > 0 && ahead < HALF;
    if (!newer && nowNanos - newestNanos <= FORGET_NANOS) {
      return false;
    }
    newest = sequence & MASK;
    newestNanos = nowNanos;
    return true;
  }
}
