package dev.moat.endpoint;

import dev.moat.bytes.RandomSource;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.uri.CoapUri;
import dev.moat.coap.uri.Scheme;
import dev.moat.endpoint.stack.Cancellation;
import dev.moat.endpoint.stack.EndpointLoop;
import dev.moat.endpoint.stack.Stack;
import dev.moat.endpoint.stack.StackConfig;
import dev.moat.endpoint.udp.UdpConfig;
import dev.moat.endpoint.udp.UdpEndpoint;
import dev.moat.endpoint.udp.UdpLoop;
import dev.moat.engine.resource.Router;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.filter.SecuredBy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes calls from any thread to the one loop of a client, and their results back. Bounded in calls
 * on the way.
 */
final class ClientCalls implements AutoCloseable {
  private static final int MAX_CALLS_ON_THE_WAY = 65_536;

  private final UdpEndpoint endpoint;
  private final UdpLoop loop;
  private final Stack stack;
  private final NameResolver names = new NameResolver();
  private final Duration resolutionTimeout;
  private final Optional<SecurityContext> security;
  private final AtomicInteger onTheWay = new AtomicInteger();

  ClientCalls(
      UdpConfig sockets,
      StackConfig config,
      RandomSource random,
      EventSink events,
      Duration resolutionTimeout,
      Optional<SecurityContext> security) {
    this.endpoint =
        UdpEndpoint.start(
            sockets, gate -> Stack.of(config, new Router(events), gate, random, events), events);
    this.loop = endpoint.loops().get(0);
    this.stack = (Stack) loop.protocol();
    this.resolutionTimeout = resolutionTimeout;
    this.security = security;
  }

  InetSocketAddress address() {
    return endpoint.address();
  }

  CompletionStage<Outcome> send(ClientRequest request) {
    if (request.uri().scheme() != Scheme.COAP) {
      return notDelivered(request.to(nobody(request.uri())), Outcome.Cause.NOT_SENDABLE);
    }
    return resolve(request.uri())
        .thenCompose(
            found ->
                found
                    .map(peer -> send(request.to(peer), request.timeout()))
                    .orElseGet(
                        () ->
                            notDelivered(
                                request.to(nobody(request.uri())), Outcome.Cause.NOT_SENDABLE)));
  }

  CompletionStage<Outcome> send(Request request) {
    return send(request, Optional.empty());
  }

  CompletionStage<Optional<Duration>> ping(CoapUri uri) {
    CompletableFuture<Optional<Duration>> result = new CompletableFuture<>();
    var unused =
        resolve(uri)
            .thenAccept(
                found -> {
                  if (found.isEmpty() || !tryExecute(now -> ping(found.get(), now, result))) {
                    result.complete(Optional.empty());
                  }
                });
    return result;
  }

  /** Waits for {@code stage}; only exceptions that tell of a caller's mistake come out. */
  <T> T await(CompletionStage<T> stage) {
    if (UdpEndpoint.isAnyLoopThread()) {
      throw new IllegalStateException("a blocking call on an event loop: use the Async method");
    }
    try {
      return stage.toCompletableFuture().get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for an outcome", interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IllegalArgumentException mistake) {
        throw mistake;
      }
      throw new IllegalStateException("the call failed", failed.getCause());
    }
  }

  @Override
  public void close() {
    names.close();
    endpoint.close();
  }

  private CompletionStage<Outcome> send(Request request, Optional<Duration> timeout) {
    if (onTheWay.incrementAndGet() > MAX_CALLS_ON_THE_WAY) {
      onTheWay.decrementAndGet();
      return notDelivered(request, Outcome.Cause.QUEUE_FULL);
    }
    CompletableFuture<Outcome> result = new CompletableFuture<>();
    boolean taken =
        tryExecute(
            now -> {
              onTheWay.decrementAndGet();
              start(request, timeout, now, result);
            });
    if (!taken) {
      onTheWay.decrementAndGet();
      return notDelivered(request, Outcome.Cause.CLOSED);
    }
    return result;
  }

  private void start(
      Request request, Optional<Duration> timeout, long now, CompletableFuture<Outcome> result) {
    Cancellation cancellation =
        request.context().find(Cancellation.KEY).orElseGet(Cancellation::new);
    CompletionStage<Outcome> stage;
    try {
      stage = stack.request(secured(request).withFact(Cancellation.KEY, cancellation), now);
    } catch (RuntimeException mistake) {
      // Whatever it is, nobody may wait for ever.
      result.completeExceptionally(mistake);
      return;
    }
    Optional<Future<?>> timer =
        timeout.map(delay -> loop.schedule(delay, () -> stack.cancel(cancellation)));
    var unused =
        stage.whenComplete(
            (outcome, failure) -> {
              timer.ifPresent(pending -> pending.cancel(false));
              if (failure == null) {
                result.complete(outcome.about(request));
              } else {
                result.completeExceptionally(failure);
              }
            });
  }

  /** A request that names no context gets the client's, when it has one. */
  private Request secured(Request request) {
    return security.isEmpty() || request.context().has(SecuredBy.KEY)
        ? request
        : SecuredBy.secured(request, security.get());
  }

  private void ping(Peer peer, long now, CompletableFuture<Optional<Duration>> result) {
    var unused =
        stack
            .ping(peer, now)
            .thenAccept(
                (OptionalLong nanos) ->
                    result.complete(
                        nanos.isPresent()
                            ? Optional.of(Duration.ofNanos(nanos.getAsLong()))
                            : Optional.empty()));
  }

  private CompletableFuture<Optional<Peer>> resolve(CoapUri uri) {
    CompletableFuture<Optional<Peer>> found = names.resolve(uri);
    if (!found.isDone()) {
      try {
        Future<?> timer = loop.schedule(resolutionTimeout, () -> found.complete(Optional.empty()));
        var unused = found.thenRun(() -> timer.cancel(false));
      } catch (RejectedExecutionException closed) {
        found.complete(Optional.empty());
      }
    }
    return found;
  }

  private boolean tryExecute(EndpointLoop.TimedTask task) {
    try {
      loop.execute(task);
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }

  private static CompletionStage<Outcome> notDelivered(Request request, Outcome.Cause cause) {
    return CompletableFuture.completedFuture(new Outcome.NotDelivered(request, cause));
  }

  /** Stands in for the peer of a request that cannot be sent anywhere. */
  private static Peer nobody(CoapUri uri) {
    return new Peer(0, 0, uri.port(), 0, 0);
  }
}
