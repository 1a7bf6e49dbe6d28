package dev.moat.oscore.rederive;

import dev.moat.coap.service.Event;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import dev.moat.coap.service.Ticker;
import dev.moat.oscore.rekey.RekeyException;
import dev.moat.oscore.rekey.RekeyRefusals;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Server: stands right before the stage that verifies requests, and adds contexts to its table. */
public final class RederivationFilter implements Filter<Request, Reply> {
  private final RederivationServer server;
  private final Ticker ticker;
  private final EventSink events;

  /** Does what {@code server} decides; it may be shared with other event loops. */
  public RederivationFilter(RederivationServer server, Ticker ticker, EventSink events) {
    this.server = server;
    this.ticker = ticker;
    this.events = events;
  }

  @Override
  public CompletionStage<Reply> handle(Request outer, Service<Request, Reply> next) {
    return server
        .receive(outer, ticker.nowNanos())
        .fold(
            forwarded -> next.handle(forwarded.outer()),
            challenged -> reply(challenged.outer()),
            refused -> refuse(outer, refused.why()));
  }

  private CompletionStage<Reply> refuse(Request outer, RekeyException why) {
    events.emit(new Refused(outer.peer(), why.reason()));
    return reply(RekeyRefusals.to(why));
  }

  private static CompletionStage<Reply> reply(Response response) {
    return CompletableFuture.completedFuture(Reply.of(response));
  }

  /** A request of Appendix B.2 was refused. */
  public record Refused(Peer peer, RekeyException.Reason reason) implements Event {
    @Override
    public String describe() {
      return "new security context refused to " + peer + ": " + reason.description();
    }
  }
}
