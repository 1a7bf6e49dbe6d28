package dev.moat.endpoint;

import dev.moat.coap.service.Context;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.uri.CoapUri;
import dev.moat.endpoint.stack.Cancellation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One request from the caller to its outcome. Begun once; from then on owned by the loop of its
 * route, save for {@link #result}.
 */
final class Call implements PeerFinder.Traveller {
  /**
   * The URI that a request was made for: by it, a later request to the same finds the way again.
   */
  static final Context.Key<CoapUri> URI = new Context.Key<>("request URI");

  private final Request request;
  private final Route route;
  private final PeerFinder finder;
  private final UnaryOperator<Request> protection;
  private final Runnable onLanding;
  private final Cancellation cancellation;
  private final CompletableFuture<Outcome> result = new CompletableFuture<>();
  private Optional<Future<?>> timer = Optional.empty();
  private boolean landed;
  private boolean sent;
  private boolean again;

  /**
   * A call that has not begun.
   *
   * @param request its peer is told in outcomes that come before another is found
   * @param protection names the security context of a request that names none
   * @param onLanding hears once that the call has come to the stack, or got stuck before
   */
  Call(
      Request request,
      Route route,
      PeerFinder finder,
      UnaryOperator<Request> protection,
      Runnable onLanding) {
    this.request = request;
    this.route = route;
    this.finder = finder;
    this.protection = protection;
    this.onLanding = onLanding;
    this.cancellation = request.context().find(Cancellation.KEY).orElseGet(Cancellation::new);
  }

  /** How it ended; completed on any thread. */
  CompletableFuture<Outcome> result() {
    return result;
  }

  /** On the loop: looks for the peer of {@code uri}, and sends when it is found. */
  void begin(CoapUri uri, Optional<Duration> timeout, long now) {
    startTimer(timeout);
    finder.find(route, uri, now, this);
  }

  /** On the loop: sends to the peer that the request names. */
  void begin(long now) {
    onPeer(request.peer(), now);
  }

  @Override
  public void onPeer(Peer peer, long now) {
    land();
    if (result.isDone()) {
      return;
    }
    sent = true;
    Request addressed = to(peer);
    CompletionStage<Outcome> stage;
    try {
      Request leaving = protection.apply(addressed).withFact(Cancellation.KEY, cancellation);
      stage = route.requests().request(leaving, now);
    } catch (RuntimeException mistake) {
      // Whatever it is, nobody may wait for ever.
      fail(mistake);
      return;
    }
    var unused = stage.whenComplete((outcome, failure) -> ended(addressed, outcome, failure));
  }

  @Override
  public void onFailure(Throwable failure) {
    land();
    NotReached.of(failure)
        .ifPresentOrElse(reason -> conclude(reason.outcome(request)), () -> fail(failure));
  }

  private void ended(Request addressed, @Nullable Outcome outcome, @Nullable Throwable failure) {
    if (outcome == null) {
      fail(failure == null ? new IllegalStateException("no outcome") : failure);
    } else if (lostBeforeItLeft(outcome)) {
      again = true;
      sent = false;
      finder.findLater(route, request.context().find(URI).orElseThrow(), this);
    } else {
      conclude(outcome.about(addressed));
    }
  }

  /**
   * A connection may end between being found and being used. That nothing left is proved, so the
   * request may take another one; once, because some server may accept and close for ever.
   */
  private boolean lostBeforeItLeft(Outcome outcome) {
    return !again
        && request.context().has(URI)
        && outcome instanceof Outcome.NotDelivered lost
        && route.isConnectionLost(lost.cause());
  }

  private void land() {
    if (!landed) {
      landed = true;
      onLanding.run();
    }
  }

  private void startTimer(Optional<Duration> timeout) {
    timer = timeout.map(delay -> route.loop().schedule(delay, this::expire));
  }

  private void expire() {
    if (sent) {
      route.requests().cancel(cancellation);
    } else {
      conclude(new Outcome.NotDelivered(request, Outcome.Cause.CANCELLED_UNSENT));
    }
  }

  private void conclude(Outcome outcome) {
    timer.ifPresent(pending -> pending.cancel(false));
    result.complete(outcome);
  }

  private void fail(Throwable failure) {
    timer.ifPresent(pending -> pending.cancel(false));
    result.completeExceptionally(failure);
  }

  private Request to(Peer peer) {
    return new Request(
        request.method(),
        request.options(),
        request.payload(),
        peer,
        request.reliability(),
        request.context());
  }
}
