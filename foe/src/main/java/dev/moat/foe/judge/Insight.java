package dev.moat.foe.judge;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Message;
import dev.moat.foe.scenario.Direction;
import java.util.Optional;

/**
 * What a message says to those whom it is meant for. The judge names what withstood an attack by
 * it, and may know keys for that; Foe never gets one.
 */
@FunctionalInterface
public interface Insight {
  /** For traffic without security: what stands on the wire. */
  Insight CLEAR = (direction, datagram) -> decode(datagram);

  /**
   * The message in a datagram as its receiver would read it, or as it stands on the wire where it
   * is not protected; empty when it is no message. Asked of every datagram in the order in which
   * they were sent, and perhaps again later.
   */
  Optional<Message> read(Direction direction, Bytes datagram);

  /** The message on the wire. */
  static Optional<Message> decode(Bytes datagram) {
    try {
      return Optional.of(UdpCodec.decode(datagram));
    } catch (MessageFormatException malformed) {
      return Optional.empty();
    }
  }
}
