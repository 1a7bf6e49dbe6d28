package dev.moat.cost.exchange;

import dev.moat.radio.Exchange;
import java.util.List;
import java.util.Optional;

/**
 * An exchange with all its messages, in the order they were sent.
 *
 * @param id a key for tables and files: small letters, digits and hyphens
 * @param title what people read
 * @param protocol the protocol
 * @param origin where the sizes come from
 * @param source for a published one the document; else what produced it
 * @param shape for EDHOC that ran here
 * @param messages handshake first, then the first protected request and its response
 */
public record RecordedExchange(
    String id,
    String title,
    Protocol protocol,
    Origin origin,
    String source,
    Optional<EdhocShape> shape,
    List<ExchangeMessage> messages) {
  /** Keeps a copy. */
  public RecordedExchange {
    messages = List.copyOf(messages);
  }

  /** All messages at {@code layer}: what the radio carries until the first response is there. */
  public Exchange all(Layer layer) {
    return new Exchange(title, messages.stream().map(one -> one.at(layer)).toList());
  }

  /**
   * The handshake at {@code layer}. A combined request counts: at layer {@link Layer#MESSAGE} with
   * its message_3 alone, at the others as a whole.
   */
  public Exchange handshake(Layer layer) {
    return new Exchange(
        title,
        messages.stream()
            .filter(one -> one.part() != Part.DATA)
            .map(one -> one.at(layer))
            .toList());
  }
}
