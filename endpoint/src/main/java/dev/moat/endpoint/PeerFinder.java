package dev.moat.endpoint;

import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.uri.CoapUri;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds whom a URI names: resolves the host, then takes or opens a connection where the transport
 * has any. Closing ends whatever is being looked for. Thread-safe.
 */
final class PeerFinder implements AutoCloseable {
  private final NameResolver names = new NameResolver();
  private final Map<Long, CompletableFuture<Peer>> waiting = new ConcurrentHashMap<>();
  private final AtomicLong searches = new AtomicLong();
  private final Duration resolutionTimeout;

  PeerFinder(Duration resolutionTimeout) {
    this.resolutionTimeout = resolutionTimeout;
  }

  /** Tells {@code traveller} on the loop of {@code route}; called there. */
  void find(Route route, CoapUri uri, long now, Traveller traveller) {
    CompletableFuture<Peer> found = find(route, uri);
    if (found.isDone()) {
      // In this very task, so that no connection that is found can end before it is used.
      var unused = found.whenComplete((peer, failure) -> tell(traveller, peer, failure, now));
      return;
    }
    Long id = searches.incrementAndGet();
    waiting.put(id, found);
    var unused =
        found.whenComplete(
            (peer, failure) -> {
              waiting.remove(id);
              onLoop(route, traveller, peer, failure);
            });
  }

  /** As {@link #find}, in a task of its own: when the caller is busy with what ended. */
  void findLater(Route route, CoapUri uri, Traveller traveller) {
    try {
      route.loop().execute(now -> find(route, uri, now, traveller));
    } catch (RejectedExecutionException closed) {
      traveller.onFailure(closed);
    }
  }

  /** Nobody waits any more. */
  @Override
  public void close() {
    names.close();
    NotReached closed = new NotReached(Outcome.Cause.CLOSED, "the client was closed");
    waiting.values().forEach(found -> found.completeExceptionally(closed));
  }

  private CompletableFuture<Peer> find(Route route, CoapUri uri) {
    CompletableFuture<Optional<Peer>> address = names.resolve(uri);
    if (address.isDone()) {
      return connect(route, uri, address.join());
    }
    Future<?> timer =
        route.loop().schedule(resolutionTimeout, () -> address.complete(Optional.empty()));
    return address
        .whenComplete((found, failure) -> timer.cancel(false))
        .thenComposeAsync(found -> connect(route, uri, found), route.loop()::execute);
  }

  private static CompletableFuture<Peer> connect(Route route, CoapUri uri, Optional<Peer> address) {
    if (address.isEmpty()) {
      String sentence = "no address is known for " + uri.host();
      return CompletableFuture.failedFuture(new NotReached(Outcome.Cause.NOT_SENDABLE, sentence));
    }
    // A copy: whoever gives up here does not undo what others wait for.
    return route.peer(uri, address.get()).copy();
  }

  private static void onLoop(
      Route route, Traveller traveller, @Nullable Peer peer, @Nullable Throwable failure) {
    try {
      route.loop().execute(now -> tell(traveller, peer, failure, now));
    } catch (RejectedExecutionException closed) {
      traveller.onFailure(closed);
    }
  }

  private static void tell(
      Traveller traveller, @Nullable Peer peer, @Nullable Throwable failure, long now) {
    if (peer == null) {
      traveller.onFailure(failure == null ? new IllegalStateException("no peer") : failure);
    } else {
      traveller.onPeer(peer, now);
    }
  }

  /** Who wants to get somewhere. */
  interface Traveller {
    /** It may go on; on the route's loop. */
    void onPeer(Peer peer, long now);

    /** There is no way; on the route's loop, or on any thread when that has ended. */
    void onFailure(Throwable failure);
  }
}
