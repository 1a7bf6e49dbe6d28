package dev.moat.cost.measure;

import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Layer;
import dev.moat.cost.exchange.RecordedExchange;
import java.util.List;

/**
 * A device that lost all it had but its credentials, and ran the handshake again with the same
 * server, which still had the former context.
 *
 * @param first before
 * @param again after
 */
public record RebootRun(RecordedExchange first, RecordedExchange again) {
  /** True when the second time cost as many octets, message by message and layer by layer. */
  public boolean costsTheSame() {
    for (Layer layer : Layer.values()) {
      if (!octets(first, layer).equals(octets(again, layer))) {
        return false;
      }
    }
    return true;
  }

  private static List<Integer> octets(RecordedExchange exchange, Layer layer) {
    return exchange.messages().stream()
        .map((ExchangeMessage message) -> message.octets(layer))
        .toList();
  }
}
