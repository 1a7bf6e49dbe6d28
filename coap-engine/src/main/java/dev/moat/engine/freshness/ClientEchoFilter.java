package dev.moat.engine.freshness;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
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
 * <p>Repeating after 4.01 with Echo is safe for every method: that answer says that the request was
 * not processed. The repetition is a request of its own below, with its own token. Stands inside of
 * block-wise transfers, so that a challenge to one block repeats one block.
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
    if (config.insecureOff() || request.options().has(OptionNumber.ECHO)) {
      return next.handle(request);
    }
    return next.handle(prepared(request))
        .thenCompose(
            first -> {
              Optional<Bytes> challenge = challengeIn(request, first);
              if (challenge.isEmpty()) {
                return CompletableFuture.completedFuture(first);
              }
              events.emit(new FreshnessEvent.Answered(request.peer(), request.method()));
              return next.handle(with(request, challenge.get())).thenApply(o -> noted(request, o));
            })
        .thenApply(outcome -> outcome.about(request));
  }

  private Request prepared(Request request) {
    boolean attaches = config.preemptive() && !request.method().isSafe();
    Optional<Bytes> known =
        attaches ? cache.find(request.peer(), ticker.nowNanos()) : Optional.empty();
    return known.map(value -> with(request, value)).orElse(request);
  }

  private Optional<Bytes> challengeIn(Request request, Outcome outcome) {
    return responseOf(noted(request, outcome))
        .filter(response -> response.code() == Code.UNAUTHORIZED)
        .flatMap(response -> response.options().first(OptionNumber.ECHO));
  }

  private Outcome noted(Request request, Outcome outcome) {
    responseOf(outcome)
        .flatMap(response -> response.options().first(OptionNumber.ECHO))
        .ifPresent(value -> cache.remember(request.peer(), value, ticker.nowNanos()));
    return outcome;
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
