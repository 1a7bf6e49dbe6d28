package dev.moat.testkit;

import java.time.Duration;

/** A monotonic clock that moves only when told to. Owned by one thread. */
public final class VirtualClock {
  private long nowNanos;

  /** Starts at 0. */
  public VirtualClock() {
    this(0);
  }

  /**
   * Starts at {@code startNanos}; try values near {@link Long#MAX_VALUE} too, as {@code nanoTime}
   * has no zero.
   */
  public VirtualClock(long startNanos) {
    this.nowNanos = startNanos;
  }

  /** The current time in nanoseconds. */
  public long nowNanos() {
    return nowNanos;
  }

  /** Moves forward. */
  public void advance(Duration duration) {
    advanceNanos(duration.toNanos());
  }

  /**
   * Moves forward by {@code nanos}.
   *
   * @throws IllegalArgumentException when negative: a monotonic clock has no way back
   */
  public void advanceNanos(long nanos) {
    if (nanos < 0) {
      throw new IllegalArgumentException("time does not run back by " + nanos + " ns");
    }
    nowNanos += nanos;
  }

  /** Moves forward to {@code nanos}; does nothing when that time has passed. */
  public void advanceTo(long nanos) {
    advanceNanos(Math.max(0, nanos - nowNanos));
  }
}
