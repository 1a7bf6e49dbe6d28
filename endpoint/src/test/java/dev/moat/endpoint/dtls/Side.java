package dev.moat.endpoint.dtls;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.credentials.HandshakeFailure;
import dev.moat.endpoint.stack.Stack;
import dev.moat.endpoint.stack.StackConfig;
import dev.moat.engine.resource.Router;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** One DTLS endpoint of a test, its stack and the events of both. */
final class Side implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 25;

  final ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();
  final DtlsEndpoint endpoint;

  private Side(DtlsConfig config, Router router, UnaryOperator<StackConfig> stack) {
    endpoint =
        DtlsEndpoint.start(
            config,
            gate ->
                Stack.of(
                    stack.apply(StackConfig.defaults()),
                    router,
                    gate,
                    new SecureRandom()::nextBytes,
                    events::add),
            events::add);
  }

  static Side of(DtlsConfig config, Router router) {
    return new Side(config, router, UnaryOperator.identity());
  }

  static Side of(DtlsConfig config, Router router, UnaryOperator<StackConfig> stack) {
    return new Side(config, router, stack);
  }

  static Side server(Credentials credentials, Router router) {
    return of(config(credentials).serverRole(), router);
  }

  static Side client(Credentials credentials) {
    return of(config(credentials).clientRole(), Router.of());
  }

  static DtlsConfig config(Credentials credentials) {
    return DtlsConfig.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), credentials);
  }

  InetSocketAddress address() {
    return endpoint.address();
  }

  Peer connect(InetSocketAddress to, String host) {
    try {
      return await(endpoint.connect(to, host));
    } catch (HandshakeFailure failure) {
      throw new AssertionError(failure.getMessage(), failure);
    }
  }

  /** The sentence of the failure that has to come. */
  String refusal(InetSocketAddress to, String host) {
    try {
      throw new AssertionError("connected: " + await(endpoint.connect(to, host)));
    } catch (HandshakeFailure failure) {
      return String.valueOf(failure.getMessage());
    }
  }

  private static Peer await(CompletableFuture<Peer> connecting) throws HandshakeFailure {
    try {
      return connecting.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof HandshakeFailure failure) {
        throw failure;
      }
      throw new AssertionError(failed);
    } catch (InterruptedException | TimeoutException late) {
      throw new AssertionError(late);
    }
  }

  CompletableFuture<Outcome> send(Request request) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    endpoint
        .loop()
        .execute(
            now ->
                ((Stack) endpoint.protocol())
                    .request(request, now)
                    .whenComplete(
                        (result, fault) -> {
                          if (fault == null) {
                            outcome.complete(result);
                          } else {
                            outcome.completeExceptionally(fault);
                          }
                        }));
    return outcome;
  }

  Outcome request(Request request) {
    try {
      return send(request).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException failed) {
      throw new AssertionError(failed);
    }
  }

  Response response(Request request) {
    Outcome outcome = request(request);
    if (outcome instanceof Outcome.Responded responded) {
      return responded.response();
    }
    throw new AssertionError(outcome);
  }

  Response get(Peer peer, String path) {
    return response(Request.to(peer, Code.GET, path));
  }

  <T extends Event> List<T> events(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Waits until an event of this type has come, and gives the first. */
  <T extends Event> T awaitEvent(Class<T> type) {
    await(() -> !events(type).isEmpty());
    return events(type).get(0);
  }

  /** Waits until {@code condition} holds. */
  static void await(java.util.function.BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("it never happened");
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
