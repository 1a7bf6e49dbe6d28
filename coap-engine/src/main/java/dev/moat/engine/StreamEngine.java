package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.echo.EchoMint;
import dev.moat.engine.stream.Connection;
import dev.moat.engine.stream.ConnectionRules;
import dev.moat.engine.stream.MessageRoom;
import dev.moat.engine.stream.StreamLoad;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * CoAP over the connections of one event loop, client and server at once on each of them (RFC
 * 8323): no locks, no I/O, no clock.
 *
 * <p>Each connection is a {@link Peer} of its own, with an association number that no other ever
 * has. There is no message layer: requests and responses are matched by their token, nothing is
 * repeated, and {@link dev.moat.coap.service.Reliability} means nothing. An answer never leaves on
 * another connection than its request came on.
 *
 * <p>Each method may add outputs; drain {@link #poll()} after every call. Each {@link
 * Output.Transmit} is one whole message. Times are monotonic nanoseconds, never going back, and may
 * be negative. The same calls with the same random octets give the same outputs.
 */
public final class StreamEngine implements Engine {
  private final EngineCore core;
  private final StreamLinks links;
  private final StreamSender sender;
  private final StreamClient client;
  private final StreamServer server;
  private final StreamObservations observations;
  private final StreamPings pings;
  private final StreamSignals signals;
  private final StreamConnections connections;
  private boolean closed;

  /** An engine without connections; {@code random} supplies everything that must not be guessed. */
  public StreamEngine(
      EngineConfig config, ConnectionRules rules, RandomSource random, EventSink events) {
    core = new EngineCore(config, random, events);
    links = new StreamLinks(core, rules);
    sender = new StreamSender(core, links);
    client = new StreamClient(core, links, sender);
    pings = new StreamPings(core, links, sender);
    signals = new StreamSignals(core, links, sender, pings);
    server = new StreamServer(core, links, sender, signals);
    observations = new StreamObservations(core, links, sender, server);
    connections =
        new StreamConnections(
            core,
            links,
            sender,
            signals,
            new StreamConnections.Parts(client, server, observations, pings));
  }

  /**
   * A connection is open; our CSM goes out on it.
   *
   * @throws IllegalArgumentException when {@code peer} has no association number
   * @throws IllegalStateException when it has a connection already
   */
  public void onConnected(Peer peer, Connection connection, long nowNanos) {
    if (closed) {
      core.outputs.add(new Output.Disconnect(peer));
      return;
    }
    connections.open(peer, connection, nowNanos);
    connections.settle(nowNanos);
  }

  /**
   * Takes octets that came, in their order: any piece of a TCP stream, or the content of one whole
   * WebSocket frame. On a connection that has ended they are ignored.
   */
  public void onOctets(Peer from, Bytes octets, long nowNanos) {
    StreamLink link = links.find(from);
    if (link != null) {
      connections.onOctets(link, octets, nowNanos);
      connections.settle(nowNanos);
    }
  }

  /**
   * Whether what is sent leaves, or piles up because the peer does not read. A connection is
   * writable at first. While it is not, requests and responses wait, and of each observed resource
   * the newest state.
   */
  public void onWritable(Peer peer, boolean writable, long nowNanos) {
    StreamLink link = links.find(peer);
    if (link != null) {
      connections.onWritable(link, writable, nowNanos);
      connections.settle(nowNanos);
    }
  }

  /** The connection is gone, by whomever: everything on it is concluded. */
  public void onClosed(Peer peer, long nowNanos) {
    StreamLink link = links.find(peer);
    if (link != null) {
      connections.onClosed(link, nowNanos);
      connections.settle(nowNanos);
    }
  }

  /**
   * Parts from a peer in good order: a Release goes out, what is outstanding ends, and no new
   * requests of ours begin (RFC 8323, Section 5.5). The peer closes, or this engine after some
   * time.
   */
  public void release(Peer peer, long nowNanos) {
    StreamLink link = links.find(peer);
    if (link != null) {
      connections.release(link, nowNanos);
      connections.settle(nowNanos);
    }
  }

  /** What a message to {@code peer} can hold now; empty without a connection. */
  public Optional<MessageRoom> room(Peer peer) {
    StreamLink link = links.find(peer);
    return link == null ? Optional.empty() : Optional.of(link.room(links.rules));
  }

  /** True while there is a connection whose peer has not said yet what it can take. */
  public boolean isAwaitingCapabilities(Peer peer) {
    StreamLink link = links.find(peer);
    return link != null && !link.isEstablished();
  }

  /** True while new requests of ours may go to {@code peer}: neither side has parted from it. */
  public boolean takesRequests(Peer peer) {
    StreamLink link = links.find(peer);
    return link != null && link.goodbye.isEmpty();
  }

  @Override
  public void onTimeout(long nowNanos) {
    if (!closed) {
      core.deadlines.expire(nowNanos);
      connections.settle(nowNanos);
    }
  }

  @Override
  public long nextTimeoutNanos() {
    return closed ? Long.MAX_VALUE : core.deadlines.nextNanos();
  }

  @Override
  public Outbound send(Request request, long nowNanos) {
    Outbound exchange = client.send(request, nowNanos);
    connections.settle(nowNanos);
    return exchange;
  }

  /**
   * Concludes a request at once, or ends its observation. Of an unprotected registration that was
   * not answered yet the server is told; to tell it of another, send a GET with Observe 1 and
   * {@link Outbound#SAME_TOKEN_AS} (RFC 8323, Section 7.4).
   */
  @Override
  public void cancel(Outbound exchange, long nowNanos) {
    client.cancel(exchange, nowNanos);
    connections.settle(nowNanos);
  }

  @Override
  public Ping ping(Peer peer, long nowNanos) {
    Ping ping = pings.send(peer, nowNanos);
    connections.settle(nowNanos);
    return ping;
  }

  @Override
  public void verified(Inbound exchange, Request inner, long nowNanos) {
    exchange.verified(inner);
    observations.onRequest(exchange);
  }

  @Override
  public boolean takesObservation(Inbound exchange) {
    return observations.takes(exchange);
  }

  @Override
  public void suppress(Inbound exchange) {
    exchange.unwanted();
  }

  @Override
  public void respond(Inbound exchange, Response response, long nowNanos) {
    server.respond(exchange, response);
    answered(exchange, nowNanos);
  }

  @Override
  public Optional<Observation> observe(Inbound exchange, Response first, long nowNanos) {
    Optional<Observation> begun = observations.begin(exchange, first, nowNanos);
    answered(exchange, nowNanos);
    return begun;
  }

  @Override
  public void notify(Observation observation, Response notification, long nowNanos) {
    observations.notify(observation, notification, nowNanos);
    connections.settle(nowNanos);
  }

  @Override
  public void end(Observation observation, Response last, long nowNanos) {
    observations.end(observation, last);
    connections.settle(nowNanos);
  }

  /** Ends all connections, with a Release where nothing is open, else with an Abort. */
  @Override
  public void close(long nowNanos) {
    if (closed) {
      return;
    }
    closed = true;
    server.close();
    client.close();
    connections.close(nowNanos);
  }

  @Override
  public @Nullable Output poll() {
    return core.outputs.poll();
  }

  @Override
  public EchoMint echoMint() {
    return core.mint;
  }

  /** What is held now, for gauges and tests. */
  public StreamLoad load() {
    return new StreamLoad(
        links.size(),
        sender.queuedOctets(),
        links.partialOctets,
        server.size(),
        client.size(),
        observations.size(),
        pings.size(),
        core.deadlines.size());
  }

  private void answered(Inbound exchange, long nowNanos) {
    StreamLink link = links.find(exchange.peer());
    if (link != null) {
      signals.onAnswered(link);
    }
    connections.settle(nowNanos);
  }
}
