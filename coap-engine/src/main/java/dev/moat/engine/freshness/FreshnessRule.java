package dev.moat.engine.freshness;

import dev.moat.bytes.Bytes;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Request;
import dev.moat.engine.resource.ResourcePolicy;
import java.util.Optional;

/** Decides whether a request is as fresh as its resource demands (RFC 9175, Section 2.3). */
final class FreshnessRule {
  private final FreshnessConfig config;
  private final ChallengeSource source;

  FreshnessRule(FreshnessConfig config, ChallengeSource source) {
    this.config = config;
    this.source = source;
  }

  /** True when requests like this one must be fresh. */
  boolean demands(Request request) {
    ResourcePolicy policy = policyOf(request);
    return !config.insecureOff() && policy.freshness().covers(request.method());
  }

  /** Why the request must be challenged; empty when it is fresh. */
  Optional<FreshnessEvent.Reason> objection(Request request, long nowNanos) {
    long windowNanos = config.windowNanos().orElse(policyOf(request).freshnessWindowNanos());
    Optional<FreshSince> known = request.context().find(FreshSince.KEY);
    if (known.isPresent() && known.get().isWithin(windowNanos, nowNanos)) {
      return Optional.empty();
    }
    Optional<Bytes> echo = request.options().first(OptionNumber.ECHO);
    if (echo.isEmpty()) {
      return Optional.of(FreshnessEvent.Reason.NO_ECHO);
    }
    return source.isFresh(echo.get(), request.peer(), nowNanos, windowNanos)
        ? Optional.empty()
        : Optional.of(FreshnessEvent.Reason.NOT_FRESH);
  }

  private static ResourcePolicy policyOf(Request request) {
    return request.context().find(ResourcePolicy.KEY).orElse(ResourcePolicy.OPEN);
  }
}
