package dev.moat.oscore.rekey;

import dev.moat.coap.service.Event;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Service;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.rekey.RekeyException.Reason;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Client: protects requests with {@link ContextOnDemand#KEY} by its context, which is established
 * first when need be. The outermost stage: the messages of a procedure pass all others unprotected
 * by them, with a response gate of their own.
 *
 * <p>A request for which there is no context is not sent.
 */
public final class ContextOnDemandFilter implements Filter<Request, Outcome> {
  private final EventSink events;

  /** Tells {@code events} why a context could not be established. */
  public ContextOnDemandFilter(EventSink events) {
    this.events = events;
  }

  @Override
  public CompletionStage<Outcome> handle(Request request, Service<Request, Outcome> next) {
    Optional<ContextOnDemand> demand = request.context().find(ContextOnDemand.KEY);
    if (demand.isEmpty()) {
      return next.handle(request);
    }
    return demand
        .get()
        .lend(request.peer(), Way.of(request, next))
        .handle(
            (context, failure) ->
                failure == null
                    ? send(request, context, demand.get(), next)
                    : refuse(request, failure))
        .thenCompose(Function.identity());
  }

  private static CompletionStage<Outcome> send(
      Request request,
      SecurityContext context,
      ContextOnDemand demand,
      Service<Request, Outcome> next) {
    return next.handle(demand.secured(request, context))
        .whenComplete((outcome, fault) -> demand.giveBack(outcome))
        .thenApply(outcome -> outcome.about(request));
  }

  private CompletionStage<Outcome> refuse(Request request, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    events.emit(new NoContext(request.peer(), why(cause)));
    boolean full =
        cause instanceof RekeyException refused && refused.reason() == Reason.TOO_MANY_WAITING;
    return CompletableFuture.completedFuture(
        new Outcome.NotDelivered(
            request, full ? Outcome.Cause.QUEUE_FULL : Outcome.Cause.NOT_SENDABLE));
  }

  /** Of a fault only the class: its message might quote content. */
  private static String why(Throwable cause) {
    return cause instanceof ExplainedFailure failure
        ? failure.explanation()
        : cause.getClass().getName();
  }

  /** A request was not sent, because no security context could be established. */
  public record NoContext(Peer peer, String why) implements Event {
    @Override
    public String describe() {
      return "no security context with " + peer + ": " + why;
    }
  }
}
