package dev.moat.engine;

/**
 * How notifications go out (RFC 7641, Sections 4.5 and 7).
 *
 * @param nonsBetweenConfirmables non-confirmable notifications at most before a confirmable one
 *     must be acknowledged; 0 makes all confirmable
 * @param confirmableIntervalNanos a confirmable notification goes out at least this often; at most
 *     24 hours
 * @param minIntervalNanos the least time between two notifications of one relation; states in
 *     between are skipped; 0 is no limit
 */
public record ObservePolicy(
    int nonsBetweenConfirmables, long confirmableIntervalNanos, long minIntervalNanos) {
  /** 24 hours, the longest interval that RFC 7641, Section 4.5, allows. */
  public static final long DAY_NANOS = 86_400_000_000_000L;

  /** Checks the ranges. */
  public ObservePolicy {
    if (nonsBetweenConfirmables < 0 || minIntervalNanos < 0) {
      throw new IllegalArgumentException("neither a number nor a time may be negative");
    }
    if (confirmableIntervalNanos <= 0 || confirmableIntervalNanos > DAY_NANOS) {
      throw new IllegalArgumentException("confirmableIntervalNanos must be within 24 hours");
    }
  }

  /** Five non-confirmable ones between confirmable ones, which go out at least once a day. */
  public static ObservePolicy defaults() {
    return new ObservePolicy(5, DAY_NANOS, 0);
  }
}
