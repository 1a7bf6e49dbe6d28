package dev.moat.foe.run;

import dev.moat.bytes.Bytes;
import dev.moat.foe.attack.Wire;
import dev.moat.foe.scenario.Direction;
import java.time.Duration;
import java.util.function.Consumer;

/** A wire that tells what is sent in the victim's name. */
record CountingWire(Wire wire, Consumer<Bytes> spoofed) implements Wire {
  @Override
  public void deliver(Direction direction, Bytes datagram) {
    wire.deliver(direction, datagram);
  }

  @Override
  public void deliverAsVictim(Bytes datagram) {
    spoofed.accept(datagram);
    wire.deliverAsVictim(datagram);
  }

  @Override
  public void later(Duration time, Runnable action) {
    wire.later(time, action);
  }
}
