package dev.moat.oscore.context;

/**
 * A sliding window over received Partial IVs (RFC 8613, Sections 3.2.2 and 7.4; RFC 6347, Section
 * 4.1.2.6). An immutable value: {@link ReplayCell} keeps the current one.
 *
 * @param highest the highest Partial IV received, -1 when none
 * @param bitmap bit i is set when {@code highest - i} was received
 * @param size how many values up to the highest are told apart, 0 to 64; with 0 and 1 only a higher
 *     value is accepted
 */
public record ReplayWindow(long highest, long bitmap, int size) {
  /** The window of RFC 8613, Section 3.2. */
  public static final int DEFAULT_SIZE = 32;

  /** The widest window. */
  public static final int MAX_SIZE = 64;

  /** Checks the ranges. */
  public ReplayWindow {
    if (size < 0 || size > MAX_SIZE) {
      throw new IllegalArgumentException("a replay window of " + size + "; 0 to 64");
    }
    if (highest < -1 || highest >= SequenceReservations.LIMIT) {
      throw new IllegalArgumentException("no Partial IV: " + highest);
    }
  }

  /** Nothing was received yet. */
  public static ReplayWindow empty(int size) {
    return new ReplayWindow(-1, 0, size);
  }

  /**
   * Nothing up to {@code partialIv}, itself included, is accepted any more: the lower limit of RFC
   * 8613, Appendix B.1.2.
   */
  public static ReplayWindow above(long partialIv, int size) {
    return new ReplayWindow(partialIv, -1, size);
  }

  /** True when {@code partialIv} was not received yet and is new enough to tell. */
  public boolean accepts(long partialIv) {
    long age = highest - partialIv;
    return age < 0 || (age < size && (bitmap >>> age & 1) == 0);
  }

  /** This window after {@code partialIv} was received; itself when it is too old to matter. */
  public ReplayWindow with(long partialIv) {
    long age = highest - partialIv;
    if (age >= MAX_SIZE) {
      return this;
    }
    if (age >= 0) {
      return new ReplayWindow(highest, bitmap | 1L << age, size);
    }
    long kept = -age < MAX_SIZE ? bitmap << -age : 0;
    return new ReplayWindow(partialIv, kept | 1, size);
  }
}
