package dev.moat.radio.lorawan.duty;

import dev.moat.radio.lorawan.SubBand;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The time on air that a transmitter used in a sub-band over a sliding hour. In no window of one
 * hour, wherever it begins, is more used than the duty cycle's share; a burst may use the share at
 * once.
 *
 * <p>It remembers what the past hour holds, at most as many packets as fit the share.
 */
public final class DutyCycleLedger implements Pacer {
  private static final long NEVER = Long.MIN_VALUE;

  private final SubBand subBand;
  private final Deque<Sent> packets = new ArrayDeque<>();

  /** A transmitter that has sent nothing yet. */
  public DutyCycleLedger(SubBand subBand) {
    this.subBand = subBand;
  }

  /** Whether a packet may start at this time, in microseconds. */
  public boolean mayStart(long atMicros, long airMicros) {
    return airMicros <= subBand.budgetMicros() && earliestStart(atMicros, airMicros) == atMicros;
  }

  @Override
  public long earliestStart(long fromMicros, long airMicros) {
    requirePossible(airMicros);
    long start = Math.max(fromMicros, lastEnd());
    // What is used rises until the packet ends and falls afterwards, so the hour that ends with the
    // packet is the fullest of those that hold it.
    long windowStart = start + airMicros - SubBand.HOUR_MICROS;
    long excess = usedSince(windowStart) - (subBand.budgetMicros() - airMicros);
    if (excess <= 0) {
      return start;
    }
    return whenGone(windowStart, excess) + SubBand.HOUR_MICROS - airMicros;
  }

  @Override
  public void sent(long startMicros, long airMicros) {
    long earliest = earliestStart(startMicros, airMicros);
    if (startMicros < earliest) {
      throw new IllegalArgumentException(
          "a packet of "
              + airMicros
              + " us may start at "
              + earliest
              + " us at the earliest, not at "
              + startMicros
              + " us");
    }
    while (!packets.isEmpty() && packets.getFirst().end() <= startMicros - SubBand.HOUR_MICROS) {
      packets.removeFirst();
    }
    packets.addLast(new Sent(startMicros, startMicros + airMicros));
  }

  /**
   * The time on air within the hour before this time, in microseconds.
   *
   * @param atMicros not before the end of the last packet
   * @throws IllegalArgumentException when it is before that
   */
  public long usedMicros(long atMicros) {
    if (atMicros < lastEnd()) {
      throw new IllegalArgumentException(
          "the last packet ends at " + lastEnd() + " us, after " + atMicros + " us");
    }
    return usedSince(atMicros - SubBand.HOUR_MICROS);
  }

  /** What may still be sent at this time, in microseconds; see {@link #usedMicros}. */
  public long leftMicros(long atMicros) {
    return subBand.budgetMicros() - usedMicros(atMicros);
  }

  private long usedSince(long windowStart) {
    return packets.stream().mapToLong(one -> one.after(windowStart)).sum();
  }

  /** When so much of what was sent after {@code windowStart} has left a window that slides on. */
  private long whenGone(long windowStart, long excess) {
    long left = excess;
    for (Sent one : packets) {
      long share = one.after(windowStart);
      if (share >= left) {
        return one.end() - share + left;
      }
      left -= share;
    }
    throw new AssertionError("the excess is part of what was sent");
  }

  private long lastEnd() {
    return packets.isEmpty() ? NEVER : packets.getLast().end();
  }

  private void requirePossible(long airMicros) {
    if (airMicros <= 0 || airMicros > subBand.budgetMicros()) {
      throw new IllegalArgumentException(
          "a packet in "
              + subBand.name()
              + " has 1 to "
              + subBand.budgetMicros()
              + " us, what an hour allows, not "
              + airMicros
              + " us");
    }
  }

  /** A packet on the time line. */
  private record Sent(long start, long end) {
    long after(long time) {
      return Math.max(0, end - Math.max(start, time));
    }
  }
}
