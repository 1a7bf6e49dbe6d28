package dev.moat.radio.lorawan.duty;

import dev.moat.radio.lorawan.SubBand;

/** Which rule a transmitter observes to stay within a duty cycle. */
public enum Pacing {
  /** Silence after every packet, as stacks do: {@link OffTime}. */
  OFF_TIME,
  /** The share of a sliding hour, which allows bursts: {@link DutyCycleLedger}. */
  SLIDING_HOUR;

  /** A transmitter that has sent nothing yet. */
  public Pacer in(SubBand subBand) {
    return switch (this) {
      case OFF_TIME -> new OffTime(subBand);
      case SLIDING_HOUR -> new DutyCycleLedger(subBand);
    };
  }
}
