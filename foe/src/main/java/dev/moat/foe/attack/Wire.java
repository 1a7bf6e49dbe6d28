package dev.moat.foe.attack;

import dev.moat.bytes.Bytes;
import dev.moat.foe.scenario.Direction;
import java.time.Duration;

/** The network as Foe holds it: nothing reaches the other side unless Foe delivers it. */
public interface Wire {
  /** Puts a datagram on its way to the side that {@code direction} points to. */
  void deliver(Direction direction, Bytes datagram);

  /** Sends a datagram to the server with the victim's address as its source. */
  void deliverAsVictim(Bytes datagram);

  /** Runs {@code action} on the run's loop after {@code time}. */
  void later(Duration time, Runnable action);
}
