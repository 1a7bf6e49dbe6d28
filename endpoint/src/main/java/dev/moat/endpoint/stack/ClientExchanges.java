package dev.moat.endpoint.stack;

import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.Engine;
import dev.moat.engine.Outbound;
import dev.moat.engine.Ping;
import dev.moat.oscore.filter.SecuredBy;
import dev.moat.oscore.rekey.ContextOnDemand;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The innermost service of the client pipeline: one message out, its outcome back. Bounded by the
 * engine, which concludes every exchange exactly once. Owned by the stack.
 */
final class ClientExchanges {
  private final Engine engine;
  private final LongSupplier now;
  private final Consumer<Runnable> onLoop;
  private final EventSink events;
  private final Map<Outbound, Pending> pending = new HashMap<>();
  private final Map<Outbound, ClientNotifications> observing = new HashMap<>();
  private final Map<Ping, CompletableFuture<OptionalLong>> pings = new HashMap<>();
  private boolean closed;

  ClientExchanges(Engine engine, LongSupplier now, Consumer<Runnable> onLoop, EventSink events) {
    this.engine = engine;
    this.now = now;
    this.onLoop = onLoop;
    this.events = events;
  }

  CompletionStage<Outcome> send(Request request) {
    Cancellation cancellation =
        request.context().find(Cancellation.KEY).orElseGet(Cancellation::new);
    if (lacksProtection(request)) {
      return CompletableFuture.completedFuture(
          new Outcome.NotDelivered(request, Outcome.Cause.NOT_SENDABLE));
    }
    if (closed || cancellation.isCancelled()) {
      Outcome.Cause cause = closed ? Outcome.Cause.CLOSED : Outcome.Cause.CANCELLED_UNSENT;
      return CompletableFuture.completedFuture(new Outcome.NotDelivered(request, cause));
    }
    Outbound exchange = engine.send(request, now.getAsLong());
    Pending open = new Pending(new CompletableFuture<>(), cancellation);
    pending.put(exchange, open);
    cancellation.opened(exchange, this::cancel);
    return open.outcome();
  }

  CompletionStage<OptionalLong> ping(Ping ping) {
    CompletableFuture<OptionalLong> roundTrip = new CompletableFuture<>();
    pings.put(ping, roundTrip);
    return roundTrip;
  }

  void onConcluded(Outbound exchange, Outcome outcome) {
    Pending open = pending.remove(exchange);
    if (open == null) {
      return;
    }
    open.cancellation().closed(exchange);
    open.outcome().complete(outcome.mapReply(reply -> withNotifications(exchange, reply)));
  }

  void onNotified(Outbound exchange, Response notification) {
    ClientNotifications notifications = observing.get(exchange);
    if (notifications != null) {
      notifications.push(notification);
    }
  }

  void onNotificationsEnded(Outbound exchange, Notifications.End reason) {
    ClientNotifications notifications = observing.remove(exchange);
    if (notifications != null) {
      notifications.end(reason);
    }
  }

  void onPing(Ping ping, OptionalLong roundTripNanos) {
    CompletableFuture<OptionalLong> waiting = pings.remove(ping);
    if (waiting != null) {
      waiting.complete(roundTripNanos);
    }
  }

  /** Nothing is sent any more; the engine concludes what is open. */
  void close() {
    closed = true;
  }

  /** The answer that begins an observation is the first of many (RFC 7641, Section 3.2). */
  private Reply withNotifications(Outbound exchange, Reply reply) {
    if (!exchange.isObserving()) {
      return reply;
    }
    ClientNotifications notifications =
        new ClientNotifications(onLoop, () -> deregister(exchange), events);
    observing.put(exchange, notifications);
    return new Reply.Observed(reply.first(), notifications);
  }

  /**
   * Tells the server at once (RFC 7641, Section 3.6). Without that it would learn by the Reset of
   * its next notification, and a server that sends few would keep the relation for long.
   */
  private void deregister(Outbound exchange) {
    if (closed || !exchange.isObserving()) {
      cancel(exchange);
      return;
    }
    var unused =
        exchange
            .request()
            .context()
            .find(Deregistration.KEY)
            .orElse(this::sendDeregistration)
            .send(exchange)
            .whenComplete((outcome, failure) -> endObserving(exchange));
  }

  private CompletionStage<Outcome> sendDeregistration(Outbound exchange) {
    Request observed = exchange.request();
    Context afresh = Context.empty().with(Outbound.SAME_TOKEN_AS, exchange);
    return send(
        new Request(
            observed.method(),
            observed.options().with(Option.uint(OptionNumber.OBSERVE, 1)),
            observed.payload(),
            observed.peer(),
            observed.reliability(),
            afresh));
  }

  /** Also when the deregistration never left. */
  private void endObserving(Outbound exchange) {
    if (exchange.isObserving()) {
      cancel(exchange);
    }
  }

  /** No silent plaintext: the last look at what was to be protected, whatever the stages are. */
  private static boolean lacksProtection(Request request) {
    Context facts = request.context();
    return !request.options().has(OptionNumber.OSCORE)
        && (facts.has(SecuredBy.KEY) || facts.has(ContextOnDemand.KEY));
  }

  private void cancel(Outbound exchange) {
    engine.cancel(exchange, now.getAsLong());
  }

  private record Pending(CompletableFuture<Outcome> outcome, Cancellation cancellation) {}
}
