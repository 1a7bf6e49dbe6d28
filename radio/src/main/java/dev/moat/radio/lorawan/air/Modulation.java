package dev.moat.radio.lorawan.air;

import dev.moat.radio.Direction;

/**
 * LoRa's parameters.
 *
 * @param spreadingFactor 7 to 12
 * @param bandwidthKhz 125, 250 or 500
 * @param codingRate 1 to 4 for 4/5 to 4/8
 */
public record Modulation(int spreadingFactor, int bandwidthKhz, int codingRate) implements Signal {
  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException when one is outside what LoRaWAN uses
   */
  public Modulation {
    if (spreadingFactor < 7 || spreadingFactor > 12) {
      throw new IllegalArgumentException("spreading factor is 7 to 12, not " + spreadingFactor);
    }
    if (bandwidthKhz != 125 && bandwidthKhz != 250 && bandwidthKhz != 500) {
      throw new IllegalArgumentException(
          "bandwidth is 125, 250 or 500 kHz, not " + bandwidthKhz + " kHz");
    }
    if (codingRate < 1 || codingRate > 4) {
      throw new IllegalArgumentException("coding rate is 1 to 4 for 4/5 to 4/8, not " + codingRate);
    }
  }

  /** LoRaWAN's own: coding rate 4/5. */
  public static Modulation lorawan(int spreadingFactor, int bandwidthKhz) {
    return new Modulation(spreadingFactor, bandwidthKhz, 1);
  }

  /** The time of a symbol, 2^SF / bandwidth, in microseconds; exact for all permitted values. */
  public long symbolMicros() {
    return (1000L << spreadingFactor) / bandwidthKhz;
  }

  /**
   * Whether the low data rate optimisation is on: for symbols longer than 16 ms (AN1200.13, Section
   * 4.1.1.6).
   */
  public boolean lowDataRate() {
    return symbolMicros() > 16_000;
  }

  @Override
  public long frameMicros(int phyOctets, Direction direction) {
    return TimeOnAir.micros(this, phyOctets, direction == Direction.UPLINK);
  }

  @Override
  public String label() {
    return "SF" + spreadingFactor + "/" + bandwidthKhz;
  }
}
