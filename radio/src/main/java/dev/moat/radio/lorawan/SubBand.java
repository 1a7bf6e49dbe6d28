package dev.moat.radio.lorawan;

/**
 * Frequencies that share one duty cycle.
 *
 * @param name as regulators or stacks call it
 * @param fromKilohertz the lower edge
 * @param toKilohertz the upper edge
 * @param inverseDutyCycle 100 for 1 %, 1000 for 0.1 %, 10 for 10 %, 1 for no limit
 */
public record SubBand(String name, int fromKilohertz, int toKilohertz, int inverseDutyCycle) {
  /** The window over which duty cycles count: an hour, in microseconds. */
  public static final long HOUR_MICROS = 3_600_000_000L;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when the edges are not in order or the duty cycle is above 100
   *     %
   */
  public SubBand {
    if (fromKilohertz >= toKilohertz) {
      throw new IllegalArgumentException(
          "a sub-band's lower edge is below its upper edge, not " + fromKilohertz + " kHz");
    }
    if (inverseDutyCycle < 1) {
      throw new IllegalArgumentException(
          "an inverse duty cycle is 1 or more, not " + inverseDutyCycle);
    }
  }

  /**
   * How long a transmitter stays silent after a packet, in microseconds: T_off = ToA (1/d - 1).
   *
   * @param airMicros the packet's time on air
   */
  public long offMicros(long airMicros) {
    return airMicros * (inverseDutyCycle - 1);
  }

  /** How long a transmitter may be on air in any hour, in microseconds; 36 s at 1 %. */
  public long budgetMicros() {
    return HOUR_MICROS / inverseDutyCycle;
  }
}
