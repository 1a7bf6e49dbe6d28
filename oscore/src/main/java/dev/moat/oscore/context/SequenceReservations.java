package dev.moat.oscore.context;

/**
 * Where sequence numbers come from: ranges that are recorded durably before any number of them is
 * used, so that no crash makes a number come twice (RFC 8613, Section 7.5 and Appendix B.1.1).
 *
 * <p>Implementations may be called by several threads at once.
 */
@FunctionalInterface
public interface SequenceReservations {
  /** The first value that is no sequence number: they are less than 2^40 (Section 7.2.1). */
  long LIMIT = 1L << 40;

  /**
   * Reserves the next numbers. When this returns, the range is recorded: it is never given again,
   * by this process or a later one, to this endpoint or another.
   *
   * @param count how many are wanted, at least 1; fewer are given at the very end
   * @throws ReservationException when nothing was reserved; it may be tried again
   */
  Reserved reserve(int count) throws ReservationException;

  /**
   * A range of sequence numbers.
   *
   * @param start the first
   * @param end the first one behind the range, at most 2^40
   */
  record Reserved(long start, long end) {
    /** Checks that the range is not empty and below 2^40. */
    public Reserved {
      if (start < 0 || end <= start || end > LIMIT) {
        throw new IllegalArgumentException("no range of sequence numbers: " + start + ".." + end);
      }
    }
  }
}
