package dev.moat.cli.serve;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time passes when the test says so. */
final class ManualTimers implements Timers {
  private final List<Runnable> delayed = new ArrayList<>();
  private final List<Runnable> periodic = new ArrayList<>();

  @Override
  public void after(Duration delay, Runnable action) {
    delayed.add(action);
  }

  @Override
  public void every(Duration period, Runnable action) {
    periodic.add(action);
  }

  void tick() {
    periodic.forEach(Runnable::run);
  }

  void fireDelayed() {
    delayed.forEach(Runnable::run);
    delayed.clear();
  }
}
