package dev.moat.cost.measure;

import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Layer;
import dev.moat.cost.exchange.RecordedExchange;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Handshakes that ran interleaved through one server.
 *
 * @param shape the shape of each
 * @param exchanges one for each handshake
 * @param wallNanos from the first request to the last response
 * @param mostUnderWay how many had begun and were not over at the same time, at most
 */
public record ParallelRun(
    EdhocShape shape, List<RecordedExchange> exchanges, long wallNanos, int mostUnderWay) {
  /** Keeps a copy. */
  public ParallelRun {
    exchanges = List.copyOf(exchanges);
  }

  /**
   * The lengths of the messages at {@code layer}, in their order, and how many exchanges had these:
   * one entry when all are equal. A server that runs out of connection identifiers of one octet, of
   * which there are 48, has to use longer ones (RFC 9528, Section 3.3.2): then there are more.
   */
  public Map<List<Integer>, Integer> lengths(Layer layer) {
    Map<List<Integer>, Integer> counted =
        new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
    for (RecordedExchange exchange : exchanges) {
      List<Integer> octets =
          exchange.messages().stream()
              .map((ExchangeMessage message) -> message.octets(layer))
              .toList();
      var unused = counted.merge(octets, 1, Integer::sum);
    }
    return counted;
  }
}
