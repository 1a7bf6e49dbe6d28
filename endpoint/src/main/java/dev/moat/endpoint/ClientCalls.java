package dev.moat.endpoint;

import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.uri.CoapUri;
import dev.moat.coap.uri.Scheme;
import dev.moat.endpoint.udp.UdpEndpoint;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.filter.SecuredBy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes calls from any thread to the loop of the transport that their URI names, and their results
 * back. Bounded in calls on the way.
 */
final class ClientCalls implements AutoCloseable {
  private static final int MAX_CALLS_ON_THE_WAY = 65_536;

  private final TransportRoutes routes;
  private final PeerFinder finder;
  private final Optional<SecurityContext> security;
  private final AtomicInteger onTheWay = new AtomicInteger();

  ClientCalls(ClientSettings settings) {
    this.routes = new TransportRoutes(settings);
    this.finder = new PeerFinder(settings.resolutionTimeout());
    this.security = settings.security();
  }

  InetSocketAddress address() {
    return routes.udpAddress();
  }

  CompletionStage<Outcome> send(ClientRequest request) {
    Request aimed = request.to(nobody(request.uri())).withFact(Call.URI, request.uri());
    return send(aimed, request.uri(), request.timeout());
  }

  CompletionStage<Outcome> send(Request request) {
    Optional<CoapUri> uri = request.context().find(Call.URI);
    if (uri.isPresent() && mustBeFound(request, uri.get())) {
      return send(request, uri.get(), Optional.empty());
    }
    if (request.peer().association() != 0) {
      return notDelivered(request, Outcome.Cause.NOT_SENDABLE);
    }
    return begin(request, Scheme.COAP, (call, now) -> call.begin(now));
  }

  CompletionStage<PingOutcome> ping(CoapUri uri) {
    try {
      Route route = routes.of(uri.scheme());
      PingCall ping = new PingCall(route);
      finder.findLater(route, uri, ping);
      return ping.result();
    } catch (NotReached noWay) {
      return CompletableFuture.completedFuture(noWay.ping());
    }
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
    routes.close();
    // After the loops: what waits for a connection learns of it by the loops where it can.
    finder.close();
  }

  /**
   * True unless the peer can be asked as it is. A connection may have ended since, and who was
   * never found is nobody: neither may ever turn into a datagram without security.
   */
  private static boolean mustBeFound(Request request, CoapUri uri) {
    return uri.scheme() != Scheme.COAP || request.peer().equals(nobody(uri));
  }

  private CompletionStage<Outcome> send(Request request, CoapUri uri, Optional<Duration> timeout) {
    return begin(request, uri.scheme(), (call, now) -> call.begin(uri, timeout, now));
  }

  private CompletionStage<Outcome> begin(Request request, Scheme scheme, Beginning beginning) {
    if (onTheWay.incrementAndGet() > MAX_CALLS_ON_THE_WAY) {
      onTheWay.decrementAndGet();
      return notDelivered(request, Outcome.Cause.QUEUE_FULL);
    }
    try {
      Route route = routes.of(scheme);
      Call call = new Call(request, route, finder, this::secured, onTheWay::decrementAndGet);
      route.loop().execute(now -> beginning.begin(call, now));
      return call.result();
    } catch (NotReached noWay) {
      onTheWay.decrementAndGet();
      return CompletableFuture.completedFuture(noWay.outcome(request));
    } catch (RejectedExecutionException closed) {
      onTheWay.decrementAndGet();
      return notDelivered(request, Outcome.Cause.CLOSED);
    }
  }

  /** A request that names no context gets the client's, when it has one. */
  private Request secured(Request request) {
    return security.isEmpty() || request.context().has(SecuredBy.KEY)
        ? request
        : SecuredBy.secured(request, security.get());
  }

  private static CompletionStage<Outcome> notDelivered(Request request, Outcome.Cause cause) {
    return CompletableFuture.completedFuture(new Outcome.NotDelivered(request, cause));
  }

  /** Stands in for the peer of a request until one is found. */
  private static Peer nobody(CoapUri uri) {
    return new Peer(0, 0, uri.port(), 0, 0);
  }

  /** How a call begins, on its loop. */
  private interface Beginning {
    void begin(Call call, long now);
  }
}
