package dev.moat.edhoc.coap.server;

import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Service;
import dev.moat.engine.freshness.FreshSince;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;

/**
 * Server, right behind the verification: a request under keys that came about by EDHOC was made
 * after this server sent the last message that those keys depend on. So it is as fresh as that
 * message is old, and needs no Echo while that is little (draft Attacks on CoAP, Section 2.2): a
 * request that was held back longer is challenged as any other.
 *
 * <p>Counted on the server's monotonic clock. Only the newest contexts are remembered, for a while;
 * for all others an Echo round trip does.
 */
final class FreshHandshakes implements Filter<Request, Reply> {
  private static final int CAPACITY = 512;
  private static final long KEPT_NANOS = Duration.ofMinutes(10).toNanos();

  private final AtomicReference<Map<Long, FreshSince>> byAssociation =
      new AtomicReference<>(Map.of());

  private final LongConsumer verified;

  /** Tells {@code verified} of the association of every request that was verified. */
  FreshHandshakes(LongConsumer verified) {
    this.verified = verified;
  }

  /** Remembers that the keys of an association are younger than {@code sinceNanos}. */
  void completed(long association, long sinceNanos, long nowNanos) {
    var unused =
        byAssociation.updateAndGet(before -> with(before, association, sinceNanos, nowNanos));
  }

  private static Map<Long, FreshSince> with(
      Map<Long, FreshSince> before, long association, long sinceNanos, long nowNanos) {
    Map<Long, FreshSince> after = new LinkedHashMap<>(before);
    after.values().removeIf(since -> !since.isWithin(KEPT_NANOS, nowNanos));
    if (after.size() >= CAPACITY) {
      after.remove(after.keySet().iterator().next());
    }
    after.put(association, new FreshSince(sinceNanos));
    return after;
  }

  @Override
  public CompletionStage<Reply> handle(Request inner, Service<Request, Reply> next) {
    if (inner.arrival().security() != Arrival.Security.OSCORE) {
      return next.handle(inner);
    }
    verified.accept(inner.peer().association());
    FreshSince since = Objects.requireNonNull(byAssociation.get()).get(inner.peer().association());
    return next.handle(since == null ? inner : inner.withFact(FreshSince.KEY, since));
  }
}
