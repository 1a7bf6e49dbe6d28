package dev.moat.radio.nbiot;

import dev.moat.radio.Direction;
import dev.moat.radio.Message;
import java.util.List;

/**
 * What an exchange costs a device on NB-IoT. "Connection" is the exchange alone; "attach" is what
 * comes before it; "total" is both.
 *
 * @param coverage where the device is
 * @param power what its modem draws
 * @param messages the cost of each, in order
 */
public record NbiotCost(Coverage coverage, PowerProfile power, List<MessageCost> messages) {
  private static final double NANOJOULES_PER_MILLIJOULE = 1_000_000;

  /** Keeps a copy. */
  public NbiotCost {
    messages = List.copyOf(messages);
  }

  /** How long the radio sends and listens for the messages, in microseconds. */
  public long timeMicros() {
    return messages.stream().mapToLong(MessageCost::timeMicros).sum();
  }

  /** The part of {@link #timeMicros()} for the messages that go this way. */
  public long timeMicros(Direction direction) {
    return messages.stream()
        .filter(one -> one.message().direction() == direction)
        .mapToLong(MessageCost::timeMicros)
        .sum();
  }

  /** How long it takes to get connected, in microseconds. */
  public long attachMicros() {
    return coverage.attach().micros();
  }

  /** The energy of the messages, in nanojoule. */
  public long connectionNanojoules() {
    return messages.stream().mapToLong(MessageCost::nanojoules).sum();
  }

  /** The energy of the messages that go this way, in nanojoule. */
  public long connectionNanojoules(Direction direction) {
    return messages.stream()
        .filter(one -> one.message().direction() == direction)
        .mapToLong(MessageCost::nanojoules)
        .sum();
  }

  /** The energy to get connected, in nanojoule; the same for every exchange. */
  public long attachNanojoules() {
    return coverage.attach().nanojoules(power);
  }

  /** {@link #connectionNanojoules()} in millijoule. */
  public double connectionMillijoule() {
    return connectionNanojoules() / NANOJOULES_PER_MILLIJOULE;
  }

  /** {@link #attachNanojoules()} in millijoule. */
  public double attachMillijoule() {
    return attachNanojoules() / NANOJOULES_PER_MILLIJOULE;
  }

  /** Getting connected and the messages, in millijoule. */
  public double totalMillijoule() {
    return (attachNanojoules() + connectionNanojoules()) / NANOJOULES_PER_MILLIJOULE;
  }

  /**
   * What one message costs.
   *
   * @param message the message
   * @param timeMicros how long the radio sends or listens for it, in microseconds, rounded half up
   * @param nanojoules what that takes, in nanojoule, rounded half up
   */
  public record MessageCost(Message message, long timeMicros, long nanojoules) {}
}
