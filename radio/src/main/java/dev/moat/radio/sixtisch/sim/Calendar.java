package dev.moat.radio.sixtisch.sim;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Who has something to do in which slotframe. Keeps the order of entry. Owned by one simulation.
 */
final class Calendar {
  /** The greatest distance to enter someone at: nobody simulates that far. */
  static final long FARTHEST = 1L << 42;

  private static final int SPAN = 1 << 9;
  private static final int WHO_BITS = 20;
  private static final int WHO_MASK = (1 << WHO_BITS) - 1;

  /** How many there can be to enter, numbered from 0. */
  static final int MOST = 1 << WHO_BITS;

  private static final long[] EMPTY = {};

  private final long[][] entries = new long[SPAN][];
  private final int[] sizes = new int[SPAN];
  private long[] spare = EMPTY;

  Calendar() {
    Arrays.fill(entries, EMPTY);
  }

  /**
   * Enters someone; who was entered before stays entered too, and has to look whether it is time.
   */
  void add(long slotframe, int who) {
    int at = (int) (slotframe % SPAN);
    if (sizes[at] == entries[at].length) {
      entries[at] = Arrays.copyOf(entries[at], 2 * sizes[at] + 4);
    }
    entries[at][sizes[at]++] = slotframe << WHO_BITS | who;
  }

  /** Calls everyone entered for this slotframe; each entry once. */
  void drain(long now, IntConsumer each) {
    int at = (int) (now % SPAN);
    long[] due = entries[at];
    int count = sizes[at];
    entries[at] = spare;
    sizes[at] = 0;
    for (int i = 0; i < count; i++) {
      int who = (int) due[i] & WHO_MASK;
      if (due[i] >>> WHO_BITS == now) {
        each.accept(who);
      } else {
        add(due[i] >>> WHO_BITS, who);
      }
    }
    spare = due;
  }
}
