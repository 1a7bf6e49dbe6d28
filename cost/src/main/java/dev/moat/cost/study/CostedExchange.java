package dev.moat.cost.study;

import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Layer;
import dev.moat.cost.exchange.Part;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.radio.Exchange;
import java.util.EnumMap;
import java.util.Map;

/**
 * An exchange and what it costs.
 *
 * @param exchange the exchange
 * @param handshake the costs of its handshake, counted at each layer
 * @param untilResponse the costs of all its datagrams, the first protected response among them
 */
public record CostedExchange(
    RecordedExchange exchange, Map<Layer, RadioCosts> handshake, RadioCosts untilResponse) {
  private static final int MESSAGES_OF_A_ROUND_TRIP = 2;

  /** Keeps a copy. */
  public CostedExchange {
    handshake = Map.copyOf(handshake);
  }

  /** Costs {@code exchange} under {@code settings}. */
  public static CostedExchange of(RecordedExchange exchange, RadioSettings settings) {
    Map<Layer, RadioCosts> handshake = new EnumMap<>(Layer.class);
    for (Layer layer : Layer.values()) {
      handshake.put(layer, RadioCosts.of(exchange.handshake(layer), settings));
    }
    return new CostedExchange(
        exchange, handshake, RadioCosts.of(exchange.all(Layer.DATAGRAM), settings));
  }

  /** The costs of the handshake, counted at {@code layer}. */
  public RadioCosts handshake(Layer layer) {
    RadioCosts costs = handshake.get(layer);
    if (costs == null) {
      throw new IllegalStateException("an exchange is costed at every layer: " + layer);
    }
    return costs;
  }

  /** Round trips until protected data may leave: flights that come back before it, in halves. */
  public int roundTripsBeforeData() {
    Exchange before =
        new Exchange(
            exchange.title(),
            exchange.messages().stream()
                .takeWhile(one -> one.part() == Part.HANDSHAKE)
                .map(one -> one.at(Layer.DATAGRAM))
                .toList());
    return before.flights() / MESSAGES_OF_A_ROUND_TRIP;
  }

  /** Round trips until the first protected response is there. */
  public int roundTripsUntilResponse() {
    return exchange.all(Layer.DATAGRAM).flights() / MESSAGES_OF_A_ROUND_TRIP;
  }

  /** True when protected data was recorded with it. */
  public boolean hasData() {
    return exchange.messages().stream()
        .map(ExchangeMessage::part)
        .anyMatch(part -> part != Part.HANDSHAKE);
  }
}
