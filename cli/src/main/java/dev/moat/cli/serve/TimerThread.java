package dev.moat.cli.serve;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Timers on one daemon thread of their own. */
final class TimerThread implements Timers, AutoCloseable {
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          action -> {
            Thread thread = new Thread(action, "moat-serve-timers");
            thread.setDaemon(true);
            return thread;
          });

  @Override
  public void after(Duration delay, Runnable action) {
    var unused = executor.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void every(Duration period, Runnable action) {
    long nanos = period.toNanos();
    var unused = executor.scheduleAtFixedRate(action, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    var unused = executor.shutdownNow();
  }
}
