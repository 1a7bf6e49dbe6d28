package dev.moat.cost.tls;

import dev.moat.bytes.Bytes;
import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Part;
import dev.moat.radio.Direction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Puts what one side sends before the other does into one message. */
final class Flights {
  private final Function<Bytes, List<String>> names;
  private final List<ExchangeMessage> closed = new ArrayList<>();
  private final Set<String> words = new LinkedHashSet<>();
  private Bytes octets = Bytes.empty();
  private Direction direction = Direction.UPLINK;

  /** {@code names} tells what stands in a datagram. */
  private Flights(Function<Bytes, List<String>> names) {
    this.names = names;
  }

  /**
   * One datagram, or what was written to a stream at once.
   *
   * @param direction which way it went; the device is the client
   * @param octets the octets as sent
   */
  record Sent(Direction direction, Bytes octets) {}

  /** The flights of a handshake, in order. */
  static List<ExchangeMessage> of(List<Sent> sent, Function<Bytes, List<String>> names) {
    Flights flights = new Flights(names);
    sent.forEach(flights::take);
    flights.close();
    return List.copyOf(flights.closed);
  }

  private void take(Sent sent) {
    if (sent.direction() != direction) {
      close();
      direction = sent.direction();
    }
    octets = octets.plus(sent.octets());
    var unused = words.addAll(names.apply(sent.octets()));
  }

  private void close() {
    if (!octets.isEmpty()) {
      int length = octets.length();
      closed.add(
          new ExchangeMessage(
              String.join(", ", words),
              direction,
              Part.HANDSHAKE,
              length,
              length,
              length,
              Optional.of(octets)));
    }
    octets = Bytes.empty();
    words.clear();
  }

  /** A protected CoAP message; no message of the key exchange is in it. */
  static ExchangeMessage data(String name, int payloadOctets, Sent sent) {
    return new ExchangeMessage(
        name,
        sent.direction(),
        Part.DATA,
        0,
        payloadOctets,
        sent.octets().length(),
        Optional.of(sent.octets()));
  }
}
