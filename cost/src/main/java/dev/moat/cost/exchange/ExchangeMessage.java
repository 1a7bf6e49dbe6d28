package dev.moat.cost.exchange;

import dev.moat.bytes.Bytes;
import dev.moat.radio.Direction;
import dev.moat.radio.Message;
import java.util.Optional;

/**
 * A message of an exchange, with its size at each layer.
 *
 * @param name what it is called in tables: message_1, ServerHello...
 * @param direction which way it goes, seen from the device
 * @param part what it is for
 * @param messageOctets of the key exchange's own message; 0 when there is none in it
 * @param payloadOctets of the CoAP payload; where there is no CoAP, as {@code messageOctets}
 * @param datagramOctets of all that UDP or TCP carries
 * @param datagram the octets as sent; empty when only the sizes are published
 */
public record ExchangeMessage(
    String name,
    Direction direction,
    Part part,
    int messageOctets,
    int payloadOctets,
    int datagramOctets,
    Optional<Bytes> datagram) {

  /** This message under another name. */
  public ExchangeMessage named(String other) {
    return new ExchangeMessage(
        other, direction, part, messageOctets, payloadOctets, datagramOctets, datagram);
  }

  /** The size at {@code layer}. */
  public int octets(Layer layer) {
    return switch (layer) {
      case MESSAGE -> messageOctets;
      case PAYLOAD -> payloadOctets;
      case DATAGRAM -> datagramOctets;
    };
  }

  /** What a radio model is asked about. */
  public Message at(Layer layer) {
    return new Message(name, direction, octets(layer));
  }
}
