package dev.moat.foe.attack;

import dev.moat.bytes.Bytes;
import dev.moat.foe.scenario.Direction;
import dev.moat.foe.scenario.Step;

/**
 * What Foe can make of datagrams. Addresses, direction, order, length and time it has anyway; the
 * content only where the security mode leaves it in clear. One for each run: a sight may remember
 * what it saw.
 */
public interface Sight {
  /** True when the datagram, which has not been {@linkplain #noticed} yet, may be the line's. */
  boolean isMeantBy(Step.Meet line, Bytes datagram);

  /** A datagram reached Foe. Told once of each that no rule for copies deals with, in order. */
  void noticed(Direction direction, Bytes datagram);

  /**
   * True when {@code unit} is a copy of the message that came as {@code earlier}: of equal octets,
   * where the security mode does not make every copy another (RFC 7252, Section 4.2).
   */
  default boolean isCopy(Direction direction, Bytes earlier, Bytes unit) {
    return earlier.equals(unit);
  }

  /** Foe delivers a unit, at once or after it held it. */
  default void delivered(Direction direction, Bytes unit) {}

  /** All that the client sent before has come to its end: no copy of it comes any more. */
  default void clientRests() {}

  /** One line for people, with no more than Foe can see. */
  String describe(Bytes datagram);

  /** The same for a datagram that Foe takes for the line's. */
  default String describe(Step.Meet line, Bytes datagram) {
    return describe(datagram);
  }
}
