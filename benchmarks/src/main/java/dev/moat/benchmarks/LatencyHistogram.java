package dev.moat.benchmarks;

/** Counts durations in buckets that are at most 1.6 % wide, so that recording allocates nothing. */
public final class LatencyHistogram {
  private static final int SUB_BITS = 6;
  private static final int SUB = 1 << SUB_BITS;

  private final long[] counts = new long[64 * SUB];
  private long total;

  /** Counts one duration. */
  public void record(long nanos) {
    counts[bucketOf(Math.max(nanos, 1))]++;
    total++;
  }

  /** Counts all durations of another histogram. */
  public void add(LatencyHistogram other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    total += other.total;
  }

  /** How many there are. */
  public long total() {
    return total;
  }

  /**
   * The upper end of the bucket below which {@code fraction} of all durations lie, in nanoseconds.
   */
  public long quantileNanos(double fraction) {
    long wanted = (long) Math.ceil(total * fraction);
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= wanted && seen > 0) {
        return upperEnd(i);
      }
    }
    return 0;
  }

  private static int bucketOf(long nanos) {
    int magnitude = 63 - Long.numberOfLeadingZeros(nanos);
    if (magnitude < SUB_BITS) {
      return (int) nanos;
    }
    int shift = magnitude - SUB_BITS;
    return (shift + 1) * SUB + (int) ((nanos >>> shift) - SUB);
  }

  private static long upperEnd(int bucket) {
    int shift = bucket / SUB - 1;
    return shift < 0 ? bucket : (SUB + bucket % SUB + 1L) << shift;
  }
}
