package dev.moat.foe.judge;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Message;
import dev.moat.foe.path.Format;
import dev.moat.foe.scenario.Direction;
import java.util.Optional;

/**
 * The messages in the units that reach Foe, as their senders handed them to the transport: what a
 * record hides from Foe the judge may know. What OSCORE hides stays hidden here.
 */
@FunctionalInterface
public interface Opened {
  /** Datagrams without security: what stands on the wire. */
  Opened DATAGRAMS = of(Format.UDP);

  /**
   * The message in a unit; empty when it holds none. The same each time it is asked of one unit,
   * and asked of every unit for the first time in the order in which they were sent.
   */
  Optional<Message> message(Direction direction, Bytes unit);

  /** What stands on the wire, where nothing protects it. */
  static Opened of(Format format) {
    return (direction, unit) -> format.decode(unit);
  }
}
