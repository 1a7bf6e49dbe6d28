package dev.moat.cli.serve;

import java.time.Duration;

/** Does things later. */
interface Timers {
  /** Runs {@code action} once, after {@code delay}. */
  void after(Duration delay, Runnable action);

  /** Runs {@code action} again and again, first after one {@code period}. */
  void every(Duration period, Runnable action);
}
