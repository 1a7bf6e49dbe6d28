package dev.moat.radio.lorawan.duty;

/** Says when a transmitter may send in a sub-band. Mutable; owned by one transmitter. */
public sealed interface Pacer permits OffTime, DutyCycleLedger {
  /**
   * The earliest time from {@code fromMicros} on at which a packet may start.
   *
   * @param airMicros the packet's time on air
   * @throws IllegalArgumentException when it may never be sent
   */
  long earliestStart(long fromMicros, long airMicros);

  /**
   * Takes note of a packet.
   *
   * @throws IllegalArgumentException when it starts before {@link #earliestStart} allows
   */
  void sent(long startMicros, long airMicros);
}
