package dev.moat.cost.tls;

import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Origin;
import dev.moat.cost.exchange.Part;
import dev.moat.cost.exchange.Protocol;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.radio.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A handshake of which a document gives the sizes.
 *
 * @param id a key for tables and files
 * @param title what people read
 * @param protocol the protocol
 * @param flights octets of each flight; the client sends the first
 * @param printedTotal what the document prints as their sum, which is not always it
 * @param source the document
 */
public record PublishedHandshake(
    String id,
    String title,
    Protocol protocol,
    List<Integer> flights,
    int printedTotal,
    String source) {
  /** Keeps a copy. */
  public PublishedHandshake {
    flights = List.copyOf(flights);
  }

  /** The sum of the flights. */
  public int total() {
    return flights.stream().mapToInt(Integer::intValue).sum();
  }

  /** True when the document prints another sum. */
  public boolean isMisprinted() {
    return total() != printedTotal;
  }

  /** Its flights as messages; a wrong sum of the document is told in the source. */
  public RecordedExchange exchange() {
    List<ExchangeMessage> messages = new ArrayList<>();
    Direction direction = Direction.UPLINK;
    for (int octets : flights) {
      String name = "flight " + (messages.size() + 1);
      messages.add(
          new ExchangeMessage(
              name, direction, Part.HANDSHAKE, octets, octets, octets, Optional.empty()));
      direction = direction.opposite();
    }
    String flagged =
        isMisprinted() ? source + "; prints " + printedTotal + " as the sum of " + total() : source;
    return new RecordedExchange(
        id, title, protocol, Origin.PUBLISHED, flagged, Optional.empty(), messages);
  }
}
