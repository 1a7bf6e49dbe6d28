package dev.moat.radio.sixtisch;

/**
 * The schedule that repeats (RFC 7554 Appendix A.2). One of its cells is shared, the others are not
 * scheduled: the minimal configuration (RFC 8180 Section 4.1).
 *
 * @param slots the timeslots in a slotframe, 1 to 65535
 * @param slotMicros how long a timeslot is, in microseconds
 */
public record Slotframe(int slots, int slotMicros) {
  /**
   * Checks both.
   *
   * @throws IllegalArgumentException when the slots are not 1 to 65535 or a slot has no length
   */
  public Slotframe {
    if (slots < 1 || slots > 65_535) {
      throw new IllegalArgumentException("a slotframe has 1 to 65535 slots, not " + slots);
    }
    if (slotMicros < 1) {
      throw new IllegalArgumentException("a slot takes at least 1 us, not " + slotMicros);
    }
  }

  /** The example of RFC 8180 Figure 2, 101 slots of 10 ms: 1.01 s. */
  public static Slotframe minimal() {
    return new Slotframe(101, 10_000);
  }

  /** How long a slotframe takes, in microseconds. */
  public long micros() {
    return (long) slots * slotMicros;
  }
}
