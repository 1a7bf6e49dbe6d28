package dev.moat.radio.lorawan.air;

/**
 * How a LoRa packet is framed.
 *
 * @param preambleSymbols the programmed preamble, 8 in LoRaWAN; the modem adds 4.25
 * @param explicitHeader whether the physical header is sent, as always in LoRaWAN
 * @param crc whether the payload has a CRC
 */
public record Framing(int preambleSymbols, boolean explicitHeader, boolean crc) {
  private static final int LORAWAN_PREAMBLE = 8;
  private static final int MIN_PREAMBLE = 6;
  private static final int MAX_PREAMBLE = 65_535;

  /**
   * Checks the preamble.
   *
   * @throws IllegalArgumentException when it is not one that a modem can be set to
   */
  public Framing {
    if (preambleSymbols < MIN_PREAMBLE || preambleSymbols > MAX_PREAMBLE) {
      throw new IllegalArgumentException(
          "a preamble has 6 to 65535 symbols, not " + preambleSymbols);
    }
  }

  /** LoRaWAN's: 8 symbols of preamble, explicit header. */
  public static Framing lorawan(boolean crc) {
    return new Framing(LORAWAN_PREAMBLE, true, crc);
  }
}
