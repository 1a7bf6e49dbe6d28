package dev.moat.radio;

import java.util.ArrayList;
import java.util.List;

/**
 * Messages in the order they are sent.
 *
 * @param name what it is called in tables
 * @param messages the messages; those of size 0 cost nothing and are no flights
 */
public record Exchange(String name, List<Message> messages) {
  /** Keeps a copy. */
  public Exchange {
    messages = List.copyOf(messages);
  }

  /**
   * An exchange whose messages alternate, as those of an authenticated key exchange do.
   *
   * @param first which way the first message goes
   * @param octets the sizes, in order
   */
  public static Exchange alternating(String name, Direction first, int... octets) {
    List<Message> messages = new ArrayList<>();
    Direction direction = first;
    for (int i = 0; i < octets.length; i++) {
      messages.add(new Message("message_" + (i + 1), direction, octets[i]));
      direction = direction.opposite();
    }
    return new Exchange(name, messages);
  }

  /** The same messages the other way round: the other side begins. */
  public Exchange reversed() {
    return new Exchange(
        name,
        messages.stream()
            .map(one -> new Message(one.name(), one.direction().opposite(), one.octets()))
            .toList());
  }

  /** The sum of all sizes. */
  public int octets() {
    return messages.stream().mapToInt(Message::octets).sum();
  }

  /** The sum of the sizes that go this way. */
  public int octets(Direction direction) {
    return messages.stream()
        .filter(one -> one.direction() == direction)
        .mapToInt(Message::octets)
        .sum();
  }

  /**
   * How often the direction changes, and one more: messages in a row the same way are one flight.
   */
  public int flights() {
    int flights = 0;
    Direction last = null;
    for (Message one : messages) {
      if (one.octets() > 0 && one.direction() != last) {
        flights++;
        last = one.direction();
      }
    }
    return flights;
  }
}
