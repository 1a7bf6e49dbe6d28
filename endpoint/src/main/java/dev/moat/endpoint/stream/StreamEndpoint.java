package dev.moat.endpoint.stream;

import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.endpoint.credentials.HandshakeFailure;
import dev.moat.endpoint.stack.EndpointLoop;
import dev.moat.endpoint.stack.LoopGate;
import dev.moat.endpoint.stack.StreamProtocol;
import dev.moat.endpoint.udp.LoopThreads;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Listeners and connections of CoAP over TCP, TLS and WebSockets (RFC 8323), and the loop that
 * serves them all. Thread-safe.
 */
public final class StreamEndpoint implements AutoCloseable {
  private static final long SHUTDOWN_SECONDS = 5;

  private final StreamConfig config;
  private final EventSink events;
  private final LoopThreads threads;
  private final EventLoopGroup group;
  private final StreamLoop loop;
  private final Channels channels;
  private final Connector connector;
  private final List<Channel> listeners = new CopyOnWriteArrayList<>();

  private StreamEndpoint(
      StreamConfig config, Function<LoopGate, StreamProtocol> protocol, EventSink events) {
    this.config = config;
    this.events = events;
    this.threads = new LoopThreads(config.threads().name(), config.threads().daemon());
    this.group = new MultiThreadIoEventLoopGroup(1, threads, config.transport().ioHandlers());
    this.loop = new StreamLoop(group.next(), config, protocol, events);
    this.channels = new Channels(config, loop, events);
    this.connector = new Connector(channels, loop, config.limits().connections());
  }

  /**
   * Starts the loop; nothing listens and nothing is connected yet.
   *
   * @param protocol makes the protocol, given the way back to the loop
   */
  public static StreamEndpoint start(
      StreamConfig config, Function<LoopGate, StreamProtocol> protocol, EventSink events) {
    return new StreamEndpoint(config, protocol, events);
  }

  /**
   * Listens for connections of one kind; blocks until it does.
   *
   * @param bind port 0 lets the system choose
   * @return where the listener is bound
   * @throws UncheckedIOException when the address cannot be bound
   * @throws IllegalArgumentException when the kind needs credentials that are not there
   * @throws IllegalStateException when called on an endpoint's loop, or after closing
   */
  public InetSocketAddress listen(StreamKind kind, InetSocketAddress bind) {
    if (LoopThreads.isCurrent()) {
      throw new IllegalStateException("a loop must not wait for a listener");
    }
    ChannelFuture bound;
    try {
      bound = channels.listener(kind).bind(bind).awaitUninterruptibly();
    } catch (RejectedExecutionException ended) {
      throw new IllegalStateException("the endpoint is closed", ended);
    }
    if (!bound.isSuccess()) {
      Throwable cause = bound.cause();
      String reason = cause == null ? "cancelled" : String.valueOf(cause.getMessage());
      throw new UncheckedIOException(
          new IOException("cannot listen on " + bind + ": " + reason, cause));
    }
    listeners.add(bound.channel());
    InetSocketAddress address = (InetSocketAddress) bound.channel().localAddress();
    events.emit(new StreamEvent.Bound(kind, address.toString(), config.transport()));
    return address;
  }

  /**
   * The open connection to the same place, or a new one. The stage completes on the loop, after the
   * protocol was told of the connection; over TLS only when the server's first octets have come,
   * because a server may refuse a client's certificate after the client's handshake is done.
   *
   * @param host as the URI names the server, a name or an IP literal: what its certificate must be
   *     for, and the Host of a WebSocket's upgrade
   * @return fails with {@link HandshakeFailure}, whose message says why in a sentence
   */
  public CompletableFuture<Peer> connect(StreamKind kind, InetSocketAddress to, String host) {
    CompletableFuture<Peer> result = new CompletableFuture<>();
    try {
      loop.eventLoop().execute(() -> connector.connect(new Route(kind, to, host), result));
    } catch (RejectedExecutionException ended) {
      result.completeExceptionally(new HandshakeFailure("the endpoint is closed"));
    }
    return result;
  }

  /** The loop that owns the protocol. */
  public EndpointLoop loop() {
    return loop;
  }

  /** The protocol, to be touched by tasks on the loop only. */
  public StreamProtocol protocol() {
    return loop.protocol();
  }

  /**
   * Concludes every exchange, closes listeners and connections and ends the thread; the stage
   * completes when all is done.
   */
  public CompletableFuture<Void> closeAsync() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    try {
      loop.eventLoop().execute(() -> closeOwned(done));
    } catch (RejectedExecutionException ended) {
      var unused = group.terminationFuture().addListener(ignored -> done.complete(null));
    }
    return done;
  }

  /** {@link #closeAsync()}, and waits for it unless called by the loop itself. */
  @Override
  public void close() {
    CompletableFuture<Void> done = closeAsync();
    if (!loop.isOwner()) {
      await(done);
      threads.join();
    }
  }

  private void closeOwned(CompletableFuture<Void> done) {
    loop.concludeProtocol();
    for (Channel listener : listeners) {
      var unused = listener.close();
    }
    var unused = loop.links().finishAll().thenRun(() -> endThread(done));
  }

  private void endThread(CompletableFuture<Void> done) {
    var unused =
        group
            .shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS)
            .addListener(ignored -> done.complete(null));
  }

  private static void await(CompletableFuture<Void> done) {
    try {
      done.get(2 * SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException late) {
      throw new IllegalStateException("the event loop did not end", late);
    }
  }
}
