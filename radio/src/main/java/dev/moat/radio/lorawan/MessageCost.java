package dev.moat.radio.lorawan;

import dev.moat.radio.Message;
import java.util.List;

/**
 * The frames of a message.
 *
 * @param packets in the order they are sent; none for a message of 0 octets
 */
public record MessageCost(Message message, List<Packet> packets) {
  /** Keeps a copy. */
  public MessageCost {
    packets = List.copyOf(packets);
  }

  /** The sum of the times on air, in microseconds. */
  public long airMicros() {
    return packets.stream().mapToLong(Packet::airMicros).sum();
  }
}
