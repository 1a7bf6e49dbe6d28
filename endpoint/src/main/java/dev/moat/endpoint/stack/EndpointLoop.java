package dev.moat.endpoint.stack;

import java.time.Duration;
import java.util.concurrent.Future;

/** The loop of a real endpoint: the one thread that owns a stack, and its timers. */
public interface EndpointLoop extends LoopGate {
  /** Runs {@code task} on the loop with the time of its start. */
  void execute(TimedTask task);

  /**
   * Runs {@code task} on the loop after {@code delay}, unless it is cancelled before.
   *
   * @throws java.util.concurrent.RejectedExecutionException when the loop has ended
   */
  Future<?> schedule(Duration delay, Runnable task);

  /** Something to be done at a known time. */
  @FunctionalInterface
  interface TimedTask {
    /** Does it. */
    void run(long nowNanos);
  }
}
