package dev.moat.oscore.filter;

import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Service;
import dev.moat.oscore.context.SecurityContext;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Client, outside of every stage that keeps something for a peer: the peer of a protected request
 * becomes its security association, so that Echo values, Request-Tags and blocks are kept per
 * context and never mix (RFC 9175, Sections 2.3 and 3.5). {@link OscoreClientFilter} puts the wire
 * peer back.
 */
public final class SecureAssociation implements Filter<Request, Outcome> {
  @Override
  public CompletionStage<Outcome> handle(Request request, Service<Request, Outcome> next) {
    Optional<SecurityContext> context = request.context().find(SecuredBy.KEY);
    if (context.isEmpty()) {
      return next.handle(request);
    }
    Request associated =
        SecuredBy.to(request, SecuredBy.associated(request.peer(), context.get()))
            .withFact(SecuredBy.WIRE_PEER, request.peer());
    return next.handle(associated).thenApply(outcome -> outcome.about(request));
  }
}
