package dev.moat.radio.lorawan.air;

import dev.moat.radio.Direction;

/**
 * Frequency shift keying as LoRaWAN uses it: 5 octets of preamble, 3 of synchronisation word, a
 * length octet, the PHYPayload and, in both directions, 2 octets of CRC (Regional Parameters 1.0.3,
 * Table 2; LoRaMac-node, {@code SX1276GetGfskTimeOnAirNumerator} and the receive settings of {@code
 * RegionEU868.c}).
 *
 * @param bitsPerSecond a divisor of 8,000,000, so that an octet lasts whole microseconds; 50,000 in
 *     the tables
 */
public record FskModulation(int bitsPerSecond) implements Signal {
  private static final int PREAMBLE = 5;
  private static final int SYNC_WORD = 3;
  private static final int LENGTH = 1;
  private static final int CRC = 2;
  private static final int OCTET_MICROS_PER_SECOND = 8_000_000;

  /**
   * Checks the rate.
   *
   * @throws IllegalArgumentException when an octet would not last whole microseconds
   */
  public FskModulation {
    if (bitsPerSecond <= 0 || OCTET_MICROS_PER_SECOND % bitsPerSecond != 0) {
      throw new IllegalArgumentException(
          "an octet lasts whole microseconds, and not at " + bitsPerSecond + " bit/s");
    }
  }

  @Override
  public long frameMicros(int phyOctets, Direction direction) {
    TimeOnAir.checkSize(phyOctets);
    int octets = PREAMBLE + SYNC_WORD + LENGTH + phyOctets + CRC;
    return (long) octets * (OCTET_MICROS_PER_SECOND / bitsPerSecond);
  }

  @Override
  public String label() {
    return "FSK " + bitsPerSecond / 1000;
  }
}
