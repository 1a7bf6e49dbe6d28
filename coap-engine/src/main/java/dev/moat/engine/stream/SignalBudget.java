package dev.moat.engine.stream;

/**
 * How many messages that cost work and carry nothing a peer may send: some at once, and a steady
 * number in each second. Owned by one connection.
 */
public final class SignalBudget {
  private static final long SECOND = 1_000_000_000L;

  private final int most;
  private final long nanosEach;
  private int left;
  private long countedNanos;

  /** A full budget at {@code nowNanos}. */
  public SignalBudget(ConnectionLimits limits, long nowNanos) {
    this.most = limits.signalsAtOnce();
    this.nanosEach = Math.max(1, SECOND / limits.signalsPerSecond());
    this.left = most;
    this.countedNanos = nowNanos;
  }

  /** Counts one message; false when there were too many. */
  public boolean spend(long nowNanos) {
    long earned = (nowNanos - countedNanos) / nanosEach;
    if (earned > 0) {
      left = (int) Math.min(most, left + earned);
      countedNanos += earned * nanosEach;
    }
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }
}
