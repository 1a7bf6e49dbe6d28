package dev.moat.engine;

import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.echo.EchoMint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requests, responses and observations between this endpoint and its peers, whatever carries the
 * messages: {@link CoapEngine} over datagrams, a stream engine over connections. No locks, no I/O,
 * no clock.
 *
 * <p>Each method may add outputs; drain {@link #poll()} after every call. Times are monotonic
 * nanoseconds, never going back, and may be negative. The same calls with the same random octets
 * give the same outputs.
 */
public interface Engine {
  /** Does everything that is due. */
  void onTimeout(long nowNanos);

  /** When {@link #onTimeout} wants to be called; {@link Long#MAX_VALUE} when nothing is pending. */
  long nextTimeoutNanos();

  /**
   * Sends a request, or queues it when a limit says so; {@link Output.Concluded} follows, now or
   * later, exactly once.
   */
  Outbound send(Request request, long nowNanos);

  /** Concludes a request at once, or ends its observation. Does nothing when it is over. */
  void cancel(Outbound exchange, long nowNanos);

  /**
   * Asks whether a peer is there, unless the engine is closed; {@link Output.Pong} or {@link
   * Output.PingLost} follows.
   */
  Ping ping(Peer peer, long nowNanos);

  /**
   * A protected request was verified and turned out to be {@code inner}: from now on that one's
   * method, Observe and security association count (RFC 8613, Section 8.2).
   */
  void verified(Inbound exchange, Request inner, long nowNanos);

  /** True when {@link #observe} would take a state of this verified request for a registration. */
  boolean takesObservation(Inbound exchange);

  /** The answer to come is not sent, whatever it is: No-Response says so (RFC 7967). */
  void suppress(Inbound exchange);

  /**
   * Answers a request.
   *
   * @throws IllegalStateException when it was answered already
   */
  void respond(Inbound exchange, Response response, long nowNanos);

  /**
   * Answers a request and begins an observation; the engine sets Observe (RFC 7641, Section 4.1).
   * Empty when the request is no registration, the response no success, or a limit was reached: the
   * response, or what replaces it, then went out without Observe.
   *
   * @throws IllegalStateException when it was answered already
   */
  Optional<Observation> observe(Inbound exchange, Response first, long nowNanos);

  /**
   * The observed state changed: it goes out now or, when something is in the way, after that,
   * newest state only. An error ends the relation as {@link #end} does. Does nothing when the
   * relation is over.
   */
  void notify(Observation observation, Response notification, long nowNanos);

  /** Ends a relation with a last response without Observe. Does nothing when it is over. */
  void end(Observation observation, Response last, long nowNanos);

  /** Concludes everything that is open; whatever arrives is ignored from now on. */
  void close(long nowNanos);

  /** The next output, or null when there is none. */
  @Nullable Output poll();

  /** Makes and verifies Echo values; shared with the filters that ask for freshness. */
  EchoMint echoMint();
}
