package dev.moat.cost.conversation;

import dev.moat.cost.capture.Endpoint;
import dev.moat.cost.exchange.RecordedExchange;
import java.util.List;

/**
 * An exchange out of a capture.
 *
 * @param exchange its messages, each once
 * @param client who sent requests, or the ClientHello
 * @param server the other side
 * @param repeats what was sent again; not among the messages, because what one network lost says
 *     nothing about another
 * @param remarks what the reader should know of how messages were told apart
 */
public record CapturedExchange(
    RecordedExchange exchange,
    Endpoint client,
    Endpoint server,
    List<Repeat> repeats,
    List<String> remarks) {
  /** Keeps copies. */
  public CapturedExchange {
    repeats = List.copyOf(repeats);
    remarks = List.copyOf(remarks);
  }
}
