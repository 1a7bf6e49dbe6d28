package dev.moat.foe.judge;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Message;
import dev.moat.foe.scenario.Direction;
import java.util.Optional;

/**
 * What a message says to those whom it is meant for. The judge names what withstood an attack by
 * it, and may know keys for that; Foe never gets one.
 */
@FunctionalInterface
public interface Insight {
  /**
   * The message in a unit as its receiver would read it, or as it was sent where it is not
   * protected; empty when it is no message. Asked of every unit in the order in which they were
   * sent, and perhaps again later.
   */
  Optional<Message> read(Direction direction, Bytes unit);

  /** For traffic without object security: what {@link Opened} shows. */
  static Insight of(Opened opened) {
    return opened::message;
  }
}
