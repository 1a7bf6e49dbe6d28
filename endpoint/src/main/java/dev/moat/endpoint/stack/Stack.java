package dev.moat.endpoint.stack;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.PeerIdentity;
import dev.moat.coap.service.Request;
import dev.moat.engine.CoapEngine;
import dev.moat.engine.Output;
import dev.moat.engine.resource.Router;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A whole CoAP endpoint over datagrams, sans-I/O: the engine, the client pipeline above it and the
 * server pipeline above it.
 *
 * <p>Confined to one owner, who calls it with datagrams and time and drains {@link #pollTransmit()}
 * after every call. Results of other threads come in through the {@link LoopGate}. The same inputs
 * and the same randomness give the same outputs.
 */
public final class Stack implements DatagramProtocol, Requests {
  private final CoapEngine engine;
  private final StackCore core;

  private Stack(
      StackConfig config, Router server, LoopGate gate, RandomSource random, EventSink events) {
    this.engine = new CoapEngine(config.messages(), random, events);
    this.core = new StackCore(Carriage.datagrams(config, random), engine, server, gate, events);
  }

  /** A stack that one thread drives, such as one in virtual time. */
  public static Stack of(StackConfig config, Router server, RandomSource random, EventSink events) {
    return of(config, server, LoopGate.direct(), random, events);
  }

  /** A stack whose handlers may complete on other threads and come back through {@code gate}. */
  public static Stack of(
      StackConfig config, Router server, LoopGate gate, RandomSource random, EventSink events) {
    return new Stack(config, server, gate, random, events);
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
  public void onDatagram(Peer from, Bytes datagram, boolean multicast, long now) {
    core.inside(now, () -> engine.onDatagram(from, datagram, multicast, now));
  }

  @Override
  public void onAssociated(Peer peer, PeerIdentity identity, long now) {
    core.identified(peer, identity);
  }

  @Override
  public void onAssociationEnded(Peer peer, long now) {
    core.inside(now, () -> engine.onAssociationEnded(peer, now));
    core.forget(peer);
  }

  @Override
  public void onSendFailed(Peer to, Bytes datagram, long now) {
    core.inside(now, () -> engine.onSendFailed(to, datagram, now));
  }

  @Override
  public void onTimeout(long now) {
    core.inside(now, () -> engine.onTimeout(now));
  }

  @Override
  public long nextTimeoutNanos() {
    return engine.nextTimeoutNanos();
  }

  /** The next datagram to send, or null when there is none. */
  public Output.@Nullable Transmit pollTransmit() {
    // An engine of datagrams closes no connections.
    return (Output.Transmit) core.pollWire();
  }

  @Override
  public void drainTo(Outgoing out) {
    for (Output.Transmit next = pollTransmit(); next != null; next = pollTransmit()) {
      out.send(next.to(), next.datagram());
    }
  }

  @Override
  public void close(long now) {
    core.close(now);
  }

  /** The names of the server pipeline's stages, from the engine inward. */
  public List<String> serverStages() {
    return core.serverStages();
  }

  /** The names of the client pipeline's stages, from the caller outward. */
  public List<String> clientStages() {
    return core.clientStages();
  }
}
