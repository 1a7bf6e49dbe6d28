package dev.moat.radio.lorawan;

import dev.moat.radio.Direction;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an exchange costs.
 *
 * @param messages as in the exchange, in order
 */
public record LorawanCost(LorawanSettings settings, List<MessageCost> messages) {
  /** Keeps a copy. */
  public LorawanCost {
    messages = List.copyOf(messages);
  }

  /** How many frames there are. */
  public int packets() {
    return messages.stream().mapToInt(one -> one.packets().size()).sum();
  }

  /** How many frames go this way. */
  public int packets(Direction direction) {
    return inDirection(direction).mapToInt(one -> one.packets().size()).sum();
  }

  /** The sum of all times on air, in microseconds. */
  public long airMicros() {
    return messages.stream().mapToLong(MessageCost::airMicros).sum();
  }

  /** The sum of the times on air this way, in microseconds. */
  public long airMicros(Direction direction) {
    return inDirection(direction).mapToLong(MessageCost::airMicros).sum();
  }

  /**
   * The silence that the frames of this direction call for in the region's default sub-band, in
   * microseconds: T_off = ToA (1/d - 1), summed. How much of it delays the exchange depends on who
   * waits for whom.
   */
  public long backoffMicros(Direction direction) {
    return settings.region().defaultSubBand().offMicros(airMicros(direction));
  }

  private Stream<MessageCost> inDirection(Direction direction) {
    return messages.stream().filter(one -> one.message().direction() == direction);
  }
}
