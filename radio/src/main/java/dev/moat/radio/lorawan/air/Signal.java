package dev.moat.radio.lorawan.air;

import dev.moat.radio.Direction;

/** What a data rate stands for on the air: LoRa or FSK. */
public sealed interface Signal permits Modulation, FskModulation {
  /** The most octets that the length field of either physical header can tell. */
  int MAX_PHY_OCTETS = 255;

  /**
   * How long a LoRaWAN frame is on air, in microseconds.
   *
   * @param phyOctets the size of the PHYPayload, LoRaWAN's header and MIC included
   * @param direction LoRa frames carry a CRC upwards only (LoRaWAN L2 1.0.4, Section 3.1)
   * @throws IllegalArgumentException when the size is not 0 to {@link #MAX_PHY_OCTETS}
   */
  long frameMicros(int phyOctets, Direction direction);

  /** What it is called in tables, such as {@code SF12/125}. */
  String label();
}
