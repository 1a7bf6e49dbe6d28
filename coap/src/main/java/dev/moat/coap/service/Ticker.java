package dev.moat.coap.service;

/**
 * The time of the event being processed, for filters that measure ages.
 *
 * <p>Monotonic: the wall clock may step without changing a decision (RFC 9175, Section 5).
 */
@FunctionalInterface
public interface Ticker {
  /** Monotonic nanoseconds with an arbitrary origin. */
  long nowNanos();
}
