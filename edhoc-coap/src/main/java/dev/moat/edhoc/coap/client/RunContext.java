package dev.moat.edhoc.coap.client;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.CanIgnoreReturnValue;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.coap.EdhocBody;
import dev.moat.edhoc.coap.EdhocExchange;
import dev.moat.edhoc.coap.EdhocMessages;
import dev.moat.edhoc.coap.HandshakeEvent;
import dev.moat.edhoc.coap.HandshakeException;
import dev.moat.edhoc.coap.HandshakeException.Reason;
import dev.moat.edhoc.message.EdhocError;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one run needs to talk to the server. Owned by the event loop that began it. */
final class RunContext {
  private final EdhocClientConfig config;
  private final Peer peer;
  private final Service<Request, Outcome> lower;
  private final RandomSource random;
  private final Supplier<Instant> wallClock;
  private final EventSink events;
  private final AtomicReference<EdhocException.@Nullable Reason> lastRefusal =
      new AtomicReference<>();

  RunContext(
      EdhocClientConfig config,
      Peer peer,
      Service<Request, Outcome> lower,
      RandomSource random,
      Supplier<Instant> wallClock,
      EventSink events) {
    this.config = config;
    this.peer = peer;
    this.lower = lower;
    this.random = random;
    this.wallClock = wallClock;
    this.events = events;
  }

  EdhocClientConfig config() {
    return config;
  }

  RandomSource random() {
    return random;
  }

  Instant now() {
    return wallClock.get();
  }

  /** Posts to the EDHOC resource, until {@code step} accepts a message in response. */
  <T> CompletionStage<EdhocExchange.Ending<T>> exchange(
      EdhocBody body, EdhocExchange.Step<T> step) {
    Request request = config.request(peer, body);
    return EdhocExchange.send(request, step, lower, config.patient());
  }

  /** A step that takes messages only, as {@code receive} does. */
  static <T> EdhocExchange.Step<T> message(EdhocExchange.Step<T> receive) {
    return response ->
        EdhocMessages.isMessage(response) ? receive.receive(response) : Optional.empty();
  }

  /** A step that takes any 2.04: nothing in it can be verified. */
  static EdhocExchange.Step<Response> acknowledgement() {
    return response ->
        response.code().equals(Code.CHANGED) ? Optional.of(response) : Optional.empty();
  }

  /** Notes that a message was refused, and so perhaps forged; gives nothing. */
  @CanIgnoreReturnValue
  <T> Optional<T> refused(EdhocException why) {
    lastRefusal.set(why.reason());
    events.emit(new HandshakeEvent.MessageRejected(peer, why.reason()));
    return Optional.empty();
  }

  /** Notes an error message, which anyone can send; gives nothing. */
  <T> Optional<T> heard(EdhocError error) {
    events.emit(new HandshakeEvent.ErrorReceived(peer, error.code()));
    return Optional.empty();
  }

  /** The end of a run in which nothing was accepted. */
  <T> CompletionStage<T> failed(Optional<Response> error) {
    return CompletableFuture.failedFuture(failure(error));
  }

  private HandshakeException failure(Optional<Response> error) {
    if (error.isPresent() && EdhocMessages.isError(error.get())) {
      return new HandshakeException(Reason.PEER_ERROR, told(error.get().payload()));
    }
    if (error.isPresent() && error.get().code().equals(Code.SERVICE_UNAVAILABLE)) {
      return new HandshakeException(Reason.BUSY);
    }
    EdhocException.Reason refusal = lastRefusal.get();
    if (refusal != null) {
      return new HandshakeException(Reason.REFUSED, refusal.description());
    }
    return error
        .map(response -> new HandshakeException(Reason.UNANSWERED, response.code().toString()))
        .orElseGet(() -> new HandshakeException(Reason.UNANSWERED));
  }

  /** ERR_CODE alone: what else it says anyone may have written. */
  private static String told(Bytes message) {
    try {
      return "error code " + EdhocError.decode(message).code();
    } catch (EdhocException unreadable) {
      return "unreadable";
    }
  }
}
