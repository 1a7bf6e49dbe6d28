package dev.moat.endpoint;

import dev.moat.coap.service.Peer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A ping on its way; owned by the loop of its route, save for {@link #result}. */
final class PingCall implements PeerFinder.Traveller {
  private final Route route;
  private final CompletableFuture<PingOutcome> result = new CompletableFuture<>();

  PingCall(Route route) {
    this.route = route;
  }

  /** What becomes of it; completed on any thread. */
  CompletableFuture<PingOutcome> result() {
    return result;
  }

  @Override
  public void onPeer(Peer peer, long now) {
    var unused = route.requests().ping(peer, now).thenAccept(this::answered);
  }

  @Override
  public void onFailure(Throwable failure) {
    NotReached.of(failure)
        .ifPresentOrElse(
            noWay -> result.complete(noWay.ping()), () -> result.completeExceptionally(failure));
  }

  private void answered(OptionalLong nanos) {
    result.complete(
        nanos.isPresent()
            ? new PingOutcome.Pong(Duration.ofNanos(nanos.getAsLong()))
            : new PingOutcome.Silence());
  }
}
