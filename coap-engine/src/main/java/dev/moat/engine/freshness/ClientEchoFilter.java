package dev.moat.engine.freshness;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.BlockOption;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import dev.moat.coap.service.Ticker;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Client: answers a challenge once by itself, and attaches the newest value to unsafe requests (RFC
 * 9175, Section 2.3).
 *
 * <p>The challenge says that the copy it answers was not processed. It says nothing of another copy
 * of the same message: who sits on the path can show one to the server under another address, pass
 * the challenge for that address on, and release the other copy later. A copy without a value is
 * harmless, since it is never fresh; hence the message that would do a non-idempotent thing goes
 * out without one first, and a challenge that comes back a second time leaves doubt.
 *
 * <p>The repetition is a request of its own below, with its own token. Stands inside of block-wise
 * transfers, so that a challenge to one block repeats one block.
 */
public final class ClientEchoFilter implements Filter<Request, Outcome> {
  private final ClientEchoConfig config;
  private final EchoCache cache;
  private final Ticker ticker;
  private final EventSink events;

  /** Remembers nothing yet. */
  public ClientEchoFilter(ClientEchoConfig config, Ticker ticker, EventSink events) {
    this.config = config;
    this.cache = new EchoCache(config.cacheCapacity(), config.cacheLifetimeNanos());
    this.ticker = ticker;
    this.events = events;
  }

  @Override
  public CompletionStage<Outcome> handle(Request request, Service<Request, Outcome> next) {
    if (config.insecureOff() || request.options().has(OptionNumber.ECHO) || isToGroup(request)) {
      return next.handle(request);
    }
    Request prepared = prepared(request);
    return next.handle(prepared)
        .thenCompose(
            first ->
                challengeIn(noted(request, first))
                    .map(challenge -> repeat(prepared, challenge, next))
                    .orElseGet(() -> CompletableFuture.completedFuture(first)))
        .thenApply(outcome -> outcome.about(request));
  }

  /** RFC 9175, Section 2.3: a value goes to nobody but the endpoint that it came from. */
  private static boolean isToGroup(Request request) {
    return request.peer().isMulticast();
  }

  private Request prepared(Request request) {
    boolean attaches = config.preemptive() && !request.method().isSafe() && !couldActTwice(request);
    Optional<Bytes> known =
        attaches ? cache.find(request.peer(), ticker.nowNanos()) : Optional.empty();
    return known.map(value -> with(request, value)).orElse(request);
  }

  /**
   * True unless repeating is harmless, or this is a block that others follow, or the security
   * association is the address.
   */
  private static boolean couldActTwice(Request request) {
    boolean followed = request.options().block1().map(BlockOption::more).orElse(false);
    boolean secured = request.peer().association() != 0;
    return !request.method().isIdempotent() && !followed && !secured;
  }

  private CompletionStage<Outcome> repeat(
      Request prepared, Bytes challenge, Service<Request, Outcome> next) {
    events.emit(new FreshnessEvent.Answered(prepared.peer(), prepared.method()));
    return next.handle(with(prepared, challenge))
        .thenApply(second -> judged(prepared, noted(prepared, second)));
  }

  /** What is known after the repetition of {@code prepared}. */
  private static Outcome judged(Request prepared, Outcome second) {
    boolean safe = prepared.method().isSafe();
    boolean againstFirst = !safe && prepared.options().has(OptionNumber.ECHO);
    Outcome doubt = new Outcome.Unknown(prepared, Outcome.Doubt.CHALLENGE_LOOP);
    return second.fold(
        responded -> !safe && challengeIn(responded).isPresent() ? doubt : responded,
        notDelivered -> againstFirst ? doubt : notDelivered,
        unknown -> unknown);
  }

  private Outcome noted(Request request, Outcome outcome) {
    responseOf(outcome)
        .flatMap(response -> response.options().first(OptionNumber.ECHO))
        .ifPresent(value -> cache.remember(request.peer(), value, ticker.nowNanos()));
    return outcome;
  }

  private static Optional<Bytes> challengeIn(Outcome outcome) {
    return responseOf(outcome)
        .filter(response -> response.code() == Code.UNAUTHORIZED)
        .flatMap(response -> response.options().first(OptionNumber.ECHO));
  }

  private static Optional<Response> responseOf(Outcome outcome) {
    return outcome.fold(
        responded -> Optional.of(responded.response()),
        n -> Optional.empty(),
        u -> Optional.empty());
  }

  private static Request with(Request request, Bytes value) {
    return request.with(new Option(OptionNumber.ECHO, value));
  }
}
