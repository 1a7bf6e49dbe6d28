package dev.moat.foe.stack;

import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.endpoint.stack.Requests;
import dev.moat.foe.field.Party;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * Calls over a connection. A Ping that is answered shows that both ends have said what they are
 * capable of, and that nothing of the transport's own is still under way: what is sent from then on
 * is the application's (RFC 8323, Sections 5.3 and 5.4).
 */
record ConnectedCalls(Requests stack) implements Party.Calls {
  @Override
  public CompletionStage<Outcome> request(Request request, long nowNanos) {
    return stack.request(request, nowNanos);
  }

  @Override
  public CompletionStage<Boolean> prepare(Peer server, long nowNanos) {
    return stack.ping(server, nowNanos).thenApply(OptionalLong::isPresent);
  }
}
