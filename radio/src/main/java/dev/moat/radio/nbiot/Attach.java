package dev.moat.radio.nbiot;

import java.util.List;

/**
 * What a device does before it can send: it finds the cell and resumes its connection. The cost is
 * the same whatever follows, so it is always shown apart from that of an exchange.
 *
 * @param steps in order
 */
public record Attach(List<Step> steps) {
  /** At 144 dB: {@code 11.232 mJ} with the benchmark's powers. */
  public static final Attach GOOD = resume(new int[] {84, 10, 14, 4, 3, 1, 1, 1, 1, 1});

  /** At 164 dB, where every step is repeated: {@code 305.952 mJ} with the benchmark's powers. */
  public static final Attach BAD = resume(new int[] {264, 170, 205, 192, 195, 7, 64, 44, 7, 64});

  /** In the first two steps the receiver is on for a tenth of the window. */
  private static final int SEARCH_PERCENT = 10;

  /** Keeps a copy. */
  public Attach {
    steps = List.copyOf(steps);
  }

  /** How long all steps take, in microseconds. */
  public long micros() {
    return steps.stream().mapToLong(step -> step.windowMillis() * 1000L).sum();
  }

  /** The energy of all steps, in nanojoule. */
  public long nanojoules(PowerProfile power) {
    return steps.stream().mapToLong(step -> step.nanojoules(power)).sum();
  }

  /**
   * The steps by which an RRC connection is resumed. The model leaves out what the device draws in
   * the nine tenths of the search in which its receiver is off.
   */
  private static Attach resume(int[] millis) {
    return new Attach(
        List.of(
            new Step("PSS and SSS", Activity.RECEIVE, millis[0], SEARCH_PERCENT),
            new Step("MIB", Activity.RECEIVE, millis[1], SEARCH_PERCENT),
            new Step("PRACH", Activity.TRANSMIT, millis[2], 100),
            new Step("random access response", Activity.RECEIVE, millis[3], 100),
            new Step("RRC connection resume request", Activity.TRANSMIT, millis[4], 100),
            new Step("RRC connection resume", Activity.RECEIVE, millis[5], 100),
            new Step("HARQ acknowledgement", Activity.TRANSMIT, millis[6], 100),
            new Step("RRC connection resume complete", Activity.TRANSMIT, millis[7], 100),
            new Step("RLC acknowledgement", Activity.RECEIVE, millis[8], 100),
            new Step("second HARQ acknowledgement", Activity.TRANSMIT, millis[9], 100)));
  }

  /** What the radio does in a step. */
  public enum Activity {
    /** It sends. */
    TRANSMIT,
    /** It listens. */
    RECEIVE
  }

  /**
   * One step.
   *
   * @param name what is sent or listened for
   * @param activity what the radio does
   * @param windowMillis how long the step takes, in milliseconds
   * @param onPercent for how much of that the radio is on; the rest is counted as nothing
   */
  public record Step(String name, Activity activity, int windowMillis, int onPercent) {
    private static final int MAX_WINDOW_MILLIS = 3_600_000;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException when the window is not from 0 to an hour or the share not
     *     from 0 to 100 %
     */
    public Step {
      if (windowMillis < 0 || windowMillis > MAX_WINDOW_MILLIS) {
        throw new IllegalArgumentException(
            "step "
                + name
                + ": windowMillis is "
                + windowMillis
                + ", and not from 0 to "
                + MAX_WINDOW_MILLIS);
      }
      if (onPercent < 0 || onPercent > 100) {
        throw new IllegalArgumentException(
            "step " + name + ": onPercent is " + onPercent + ", and not from 0 to 100");
      }
    }

    /**
     * The energy, in nanojoule, which is a microwatt for a millisecond: exact when the radio is on
     * all the time, else rounded, half up, to a whole one.
     */
    public long nanojoules(PowerProfile power) {
      long microwatts =
          activity == Activity.TRANSMIT ? power.transmitMicrowatts() : power.receiveMicrowatts();
      return (microwatts * windowMillis * onPercent + 50) / 100;
    }
  }
}
