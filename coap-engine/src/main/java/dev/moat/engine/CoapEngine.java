package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The CoAP message layer of one event loop: no locks, no I/O. Drain {@link #poll()} after every
 * call.
 */
public final class CoapEngine {
  private final Queue<Output> outputs = new ArrayDeque<>();

  /** An engine without peers; {@code random} seeds everything that must not be guessed. */
  public CoapEngine(EngineConfig config, RandomSource random, EventSink events) {}

  /** Takes one datagram; {@code multicast} when it was sent to a group. */
  public void onDatagram(Peer from, Bytes datagram, boolean multicast, long nowNanos) {}

  /** The transport could not send the newest datagram for {@code to}. */
  public void onSendFailed(Peer to, long nowNanos) {}

  /** Does what is due. */
  public void onTimeout(long nowNanos) {}

  /** When {@link #onTimeout} wants to be called; {@link Long#MAX_VALUE} for never. */
  public long nextTimeoutNanos() {
    return Long.MAX_VALUE;
  }

  /** Sends a request, or queues it when NSTART says so. */
  public Outbound send(Request request, long nowNanos) {
    return new Outbound(request.peer(), Bytes.empty());
  }

  /** Concludes a request at once, or ends its observation. */
  public void cancel(Outbound exchange, long nowNanos) {}

  /** Sends a confirmable Empty message. */
  public Ping ping(Peer peer, long nowNanos) {
    return new Ping(peer);
  }

  /** Answers a request. */
  public void respond(Inbound exchange, Response response, long nowNanos) {}

  /**
   * Answers a request and begins an observation; empty when a limit refused it and a plain response
   * was sent.
   */
  public Optional<Observation> observe(Inbound exchange, Response first, long nowNanos) {
    return Optional.empty();
  }

  /** The observed state changed. */
  public void notify(Observation observation, Response notification, long nowNanos) {}

  /** Ends a relation with a last response, without Observe. */
  public void end(Observation observation, Response last, long nowNanos) {}

  /** Concludes everything that is open. */
  public void close(long nowNanos) {}

  /** The next output, or null when there is none. */
  public @Nullable Output poll() {
    return outputs.poll();
  }
}
