package dev.moat.foe.field;

import dev.moat.bytes.Bytes;
import dev.moat.foe.scenario.Direction;

/** What Foe's place on the path shows it. */
public interface Tap {
  /** A datagram reached Foe; it goes no further unless Foe delivers it. */
  void onDatagram(Direction direction, Bytes datagram);

  /** A datagram reached the victim. */
  void onVictimDatagram(Bytes datagram);
}
