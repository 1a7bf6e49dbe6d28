package dev.moat.engine.freshness;

import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import dev.moat.coap.service.Ticker;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Server: challenges requests that must be fresh and are not (RFC 9175, Section 2.3).
 *
 * <p>Stands outside of block-wise assembly and inside of {@code PolicyFilter}: every block of an
 * unsafe transfer is checked, so that nobody can hold the last one back and release it later, and a
 * challenge costs no assembly.
 */
public final class EchoFreshnessFilter implements Filter<Request, Reply> {
  private final FreshnessConfig config;
  private final FreshnessRule rule;
  private final ChallengeSource source;
  private final Ticker ticker;
  private final EventSink events;

  /** Challenges with values of {@code source}. */
  public EchoFreshnessFilter(
      FreshnessConfig config, ChallengeSource source, Ticker ticker, EventSink events) {
    this.config = config;
    this.rule = new FreshnessRule(config, source);
    this.source = source;
    this.ticker = ticker;
    this.events = events;
  }

  @Override
  public CompletionStage<Reply> handle(Request request, Service<Request, Reply> next) {
    if (!rule.demands(request)) {
      return next.handle(request);
    }
    Optional<FreshnessEvent.Reason> objection = rule.objection(request, ticker.nowNanos());
    if (objection.isPresent()) {
      events.emit(new FreshnessEvent.Challenged(request.peer(), request.method(), objection.get()));
      // No payload: a challenge must stay small towards addresses that may be forged.
      return CompletableFuture.completedFuture(
          Reply.of(withEcho(request, Response.of(Code.UNAUTHORIZED))));
    }
    CompletionStage<Reply> answer = next.handle(request);
    return config.preemptive()
        ? answer.thenApply(reply -> reply.map(response -> renewed(request, response)))
        : answer;
  }

  private Response renewed(Request request, Response response) {
    return response.code().isSuccess() ? withEcho(request, response) : response;
  }

  private Response withEcho(Request request, Response response) {
    return response.with(
        new Option(OptionNumber.ECHO, source.mint(request.peer(), ticker.nowNanos())));
  }
}
