package dev.moat.endpoint.stack;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.engine.Output;
import dev.moat.engine.StreamEngine;
import dev.moat.engine.resource.Router;
import dev.moat.engine.stream.Connection;
import dev.moat.engine.stream.StreamLoad;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A whole CoAP endpoint over connections, sans-I/O: the engine, the client pipeline above it and
 * the server pipeline above it (RFC 8323).
 *
 * <p>Confined to one owner, who calls it with octets and time and drains it after every call.
 * Results of other threads come in through the {@link LoopGate}. The same inputs and the same
 * randomness give the same outputs.
 */
public final class StreamStack implements StreamProtocol, Requests {
  private final StreamEngine engine;
  private final StackCore core;
  private final PeerRooms rooms;
  private final int maxMessageOctets;

  private StreamStack(
      StackConfig config, Router server, LoopGate gate, RandomSource random, EventSink events) {
    this.engine = new StreamEngine(config.messages(), config.connections(), random, events);
    this.rooms = new PeerRooms(engine);
    this.maxMessageOctets = config.connections().maxMessageOctets();
    Carriage carriage = Carriage.connections(config, random, rooms);
    this.core = new StackCore(carriage, engine, server, gate, events);
  }

  /** A stack that one thread drives, such as one in virtual time. */
  public static StreamStack of(
      StackConfig config, Router server, RandomSource random, EventSink events) {
    return of(config, server, LoopGate.direct(), random, events);
  }

  /** A stack whose handlers may complete on other threads and come back through {@code gate}. */
  public static StreamStack of(
      StackConfig config, Router server, LoopGate gate, RandomSource random, EventSink events) {
    return new StreamStack(config, server, gate, random, events);
  }

  @Override
  public CompletionStage<Outcome> request(Request request, long now) {
    return core.request(request, now);
  }

  @Override
  public void cancel(Cancellation cancellation) {
    core.cancel(cancellation);
  }

  @Override
  public CompletionStage<OptionalLong> ping(Peer peer, long now) {
    return core.ping(peer, now);
  }

  @Override
  public int maxMessageOctets() {
    return maxMessageOctets;
  }

  @Override
  public void onConnected(Peer peer, Connection connection, long now) {
    core.identified(peer, connection.identity());
    core.inside(now, () -> engine.onConnected(peer, connection, now));
  }

  @Override
  public void onOctets(Peer from, Bytes octets, long now) {
    inside(now, () -> engine.onOctets(from, octets, now));
  }

  @Override
  public void onWritable(Peer peer, boolean writable, long now) {
    core.inside(now, () -> engine.onWritable(peer, writable, now));
  }

  @Override
  public void onClosed(Peer peer, long now) {
    inside(now, () -> engine.onClosed(peer, now));
    core.forget(peer);
  }

  @Override
  public boolean isEstablished(Peer peer) {
    return !engine.isAwaitingCapabilities(peer);
  }

  @Override
  public boolean takesRequests(Peer peer) {
    return engine.takesRequests(peer);
  }

  /** Parts from {@code peer} in good order; see {@link StreamEngine#release}. */
  public void release(Peer peer, long now) {
    core.inside(now, () -> engine.release(peer, now));
  }

  @Override
  public void onTimeout(long now) {
    inside(now, () -> engine.onTimeout(now));
  }

  @Override
  public long nextTimeoutNanos() {
    return engine.nextTimeoutNanos();
  }

  @Override
  public void drainTo(Outgoing out) {
    for (Output next = pollWire(); next != null; next = pollWire()) {
      if (next instanceof Output.Transmit transmit) {
        out.send(transmit.to(), transmit.datagram());
      } else if (next instanceof Output.Disconnect disconnect) {
        // Nothing comes from there any more, whether the transport tells so or not.
        core.forget(disconnect.peer());
        out.disconnect(disconnect.peer());
      }
    }
  }

  @Override
  public void close(long now) {
    core.close(now);
    core.inside(now, rooms::refresh);
  }

  /** What is held now, for gauges and tests. */
  public StreamLoad load() {
    return engine.load();
  }

  /** The names of the server pipeline's stages, from the engine inward. */
  public List<String> serverStages() {
    return core.serverStages();
  }

  /** The names of the client pipeline's stages, from the caller outward. */
  public List<String> clientStages() {
    return core.clientStages();
  }

  /** Calls the engine, and lets those go on who waited for what came of it. */
  private void inside(long now, Runnable call) {
    core.inside(
        now,
        () -> {
          call.run();
          rooms.refresh();
        });
  }

  private @Nullable Output pollWire() {
    return core.pollWire();
  }
}
