package dev.moat.engine.freshness;

import dev.moat.coap.service.Context;

/**
 * That a request was made after some moment of this endpoint: known by other means than an Echo
 * value, such as a key that did not exist before. Counts as an Echo value that was made at that
 * moment does (RFC 9175, Section 2.3).
 *
 * @param nanos the moment, on this endpoint's monotonic clock
 */
public record FreshSince(long nanos) {
  /** Where a stage that knows leaves it for the stage that demands freshness. */
  public static final Context.Key<FreshSince> KEY = new Context.Key<>("fresh since");

  /** True when the request was made at most {@code windowNanos} before {@code nowNanos}. */
  public boolean isWithin(long windowNanos, long nowNanos) {
    return nowNanos - nanos <= windowNanos;
  }
}
