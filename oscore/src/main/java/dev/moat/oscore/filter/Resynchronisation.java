package dev.moat.oscore.filter;

import dev.moat.bytes.Bytes;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Request;
import dev.moat.oscore.context.SecurityContext;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * Decides when a request may make a lost replay window trusted again (RFC 8613, Appendix B.1.2).
 *
 * <p>An Echo value proves that its request is younger than the value, not that it was never
 * received. So only values count that were made after this context was first challenged here: one
 * from before the window was lost could come with a captured request that was executed then.
 *
 * <p>Bounded by the contexts that are alive and not trusted.
 */
final class Resynchronisation {
  /** Values tell time in milliseconds, rounded against whoever presents them. */
  private static final long CLOCK_TICK_NANOS = 2_000_000;

  private final FreshnessProof proof;
  private final long windowNanos;
  private final Map<SecurityContext, Long> challengedNanos = new WeakHashMap<>();

  Resynchronisation(FreshnessProof proof, long windowNanos) {
    this.proof = proof;
    this.windowNanos = windowNanos;
  }

  /** True when {@code inner} was made after the first challenge for {@code context}. */
  boolean isProven(SecurityContext context, Request inner, long nowNanos) {
    Long since = challengedNanos.get(context);
    Optional<Bytes> echo = inner.options().first(OptionNumber.ECHO);
    if (since == null || echo.isEmpty()) {
      return false;
    }
    long sinceNanos = nowNanos - since + CLOCK_TICK_NANOS;
    return proof.isFresh(echo.get(), inner.peer(), nowNanos, Math.min(windowNanos, sinceNanos));
  }

  /** An Echo value whose return proves that a request is fresh. */
  Bytes challenge(SecurityContext context, Request inner, long nowNanos) {
    var unused = challengedNanos.putIfAbsent(context, nowNanos);
    return proof.mint(inner.peer(), nowNanos);
  }

  /** The window of {@code context} is trusted, and stays so. */
  void concluded(SecurityContext context) {
    var unused = challengedNanos.remove(context);
  }
}
