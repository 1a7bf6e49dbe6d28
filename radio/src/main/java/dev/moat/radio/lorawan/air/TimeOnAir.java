package dev.moat.radio.lorawan.air;

/**
 * The time on air of a LoRa packet (Semtech AN1200.13, Section 4), in integer arithmetic:
 *
 * <pre>
 * symbols  = 8 + max(ceil((8 PL - 4 SF + 28 + 16 CRC - 20 IH) / (4 (SF - 2 DE))) (CR + 4), 0)
 * duration = (preamble + 4.25 + symbols) 2^SF / bandwidth
 * </pre>
 *
 * A symbol lasts a multiple of 4 microseconds at every permitted modulation, so nothing is rounded.
 */
public final class TimeOnAir {
  private TimeOnAir() {}

  /**
   * The time on air of a LoRaWAN packet, in microseconds.
   *
   * @param phyOctets the size of the PHYPayload
   * @throws IllegalArgumentException when the size is not 0 to {@link Signal#MAX_PHY_OCTETS}
   */
  public static long micros(Modulation modulation, int phyOctets, boolean crc) {
    return micros(modulation, phyOctets, Framing.lorawan(crc));
  }

  /**
   * The time on air of a LoRa packet with any framing, in microseconds.
   *
   * @param phyOctets the size of the payload
   * @throws IllegalArgumentException when the size is not 0 to {@link Signal#MAX_PHY_OCTETS}
   */
  public static long micros(Modulation modulation, int phyOctets, Framing framing) {
    checkSize(phyOctets);
    long quarters =
        4L * framing.preambleSymbols() + 17 + 4 * symbols(modulation, phyOctets, framing);
    return quarters * modulation.symbolMicros() / 4;
  }

  /** The symbols after the preamble. */
  private static long symbols(Modulation modulation, int phyOctets, Framing framing) {
    int factor = modulation.spreadingFactor();
    int bits =
        8 * phyOctets
            - 4 * factor
            + 28
            + (framing.crc() ? 16 : 0)
            - (framing.explicitHeader() ? 0 : 20);
    int bitsPerBlock = 4 * (factor - (modulation.lowDataRate() ? 2 : 0));
    int blocks = Math.max(-Math.floorDiv(-bits, bitsPerBlock), 0);
    return 8L + (long) blocks * (modulation.codingRate() + 4);
  }

  static void checkSize(int phyOctets) {
    if (phyOctets < 0 || phyOctets > Signal.MAX_PHY_OCTETS) {
      throw new IllegalArgumentException(
          "a PHYPayload has 0 to " + Signal.MAX_PHY_OCTETS + " octets, not " + phyOctets);
    }
  }
}
