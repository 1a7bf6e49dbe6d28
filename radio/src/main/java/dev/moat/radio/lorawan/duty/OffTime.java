package dev.moat.radio.lorawan.duty;

import dev.moat.radio.lorawan.SubBand;

/**
 * The law that LoRaWAN stacks keep: after each packet its transmitter is silent for T_off = ToA
 * (1/d - 1).
 *
 * <p>It spreads packets evenly, and yet a window of one hour can hold a packet more than the duty
 * cycle allows (with packets of 2.793472 s at 1 %, 13 of them, 36.3 s); {@link DutyCycleLedger}
 * counts exactly.
 */
public final class OffTime implements Pacer {
  private final SubBand subBand;
  private long silentUntil;

  /** A transmitter that has sent nothing yet. */
  public OffTime(SubBand subBand) {
    this.subBand = subBand;
  }

  @Override
  public long earliestStart(long fromMicros, long airMicros) {
    return Math.max(fromMicros, silentUntil);
  }

  @Override
  public void sent(long startMicros, long airMicros) {
    if (startMicros < silentUntil) {
      throw new IllegalArgumentException(
          "a packet starts when the off time has passed, at "
              + silentUntil
              + " us, not at "
              + startMicros
              + " us");
    }
    silentUntil = startMicros + airMicros + subBand.offMicros(airMicros);
  }
}
