package dev.moat.radio.lorawan.duty;

import dev.moat.radio.lorawan.SubBand;

/**
 * A frame on the time line.
 *
 * @param slot what allowed it to leave
 * @param startMicros when it leaves
 * @param airMicros its time on air
 */
public record Departure(Frame frame, Slot slot, SubBand subBand, long startMicros, long airMicros) {
  /** When its last symbol is sent, in microseconds. */
  public long endMicros() {
    return startMicros + airMicros;
  }

  /** How long its sender is silent in the sub-band afterwards if it keeps off times. */
  public long offMicros() {
    return subBand.offMicros(airMicros);
  }

  /** What allows a frame to leave. */
  public enum Slot {
    /** Its sender's duty cycle alone. */
    FREE,
    /** The first receive window. */
    RX1,
    /** The second receive window. */
    RX2
  }
}
