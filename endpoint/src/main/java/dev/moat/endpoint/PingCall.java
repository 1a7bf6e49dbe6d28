package dev.moat.endpoint;

import dev.moat.coap.service.Peer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A ping on its way; owned by the loop of its route, save for {@link #result}. */
final class PingCall implements PeerFinder.Traveller {
  private final Route route;
  private final CompletableFuture<Optional<Duration>> result = new CompletableFuture<>();

  PingCall(Route route) {
    this.route = route;
  }

  /** The round trip, or nothing when there was no reaction or no way; completed on any thread. */
  CompletableFuture<Optional<Duration>> result() {
    return result;
  }

  @Override
  public void onPeer(Peer peer, long now) {
    var unused = route.requests().ping(peer, now).thenAccept(this::answered);
  }

  @Override
  public void onFailure(Throwable failure) {
    result.complete(Optional.empty());
  }

  private void answered(OptionalLong nanos) {
    result.complete(
        nanos.isPresent() ? Optional.of(Duration.ofNanos(nanos.getAsLong())) : Optional.empty());
  }
}
