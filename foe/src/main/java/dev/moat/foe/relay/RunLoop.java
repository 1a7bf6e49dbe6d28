package dev.moat.foe.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/** One thread that waits for sockets, timers and the tasks of other threads. */
final class RunLoop implements AutoCloseable {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long LONGEST_WAIT_MILLIS = 50;

  private final Selector selector;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private final Thread owner = Thread.currentThread();
  private long sequence;
  private long worstLagNanos;

  RunLoop() throws IOException {
    selector = Selector.open();
  }

  Selector selector() {
    return selector;
  }

  /** At once when called by the owner, else soon. */
  void execute(Runnable task) {
    if (Thread.currentThread() == owner) {
      task.run();
    } else {
      post(task);
    }
  }

  /** Soon, never at once. */
  void post(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** Called by the owner. */
  void later(Duration time, Runnable action) {
    timers.add(new Timer(System.nanoTime() + time.toNanos(), sequence++, action));
  }

  void run(BooleanSupplier finished, Duration limit) {
    long endNanos = System.nanoTime() + limit.toNanos();
    while (!finished.getAsBoolean() && System.nanoTime() < endNanos) {
      turn();
    }
  }

  /** How much later than it wanted the loop came to its turn, at worst. */
  Duration worstLag() {
    return Duration.ofNanos(worstLagNanos);
  }

  private void turn() {
    long startNanos = System.nanoTime();
    long waitMillis = waitMillis();
    work(waitMillis);
    long tookNanos = System.nanoTime() - startNanos;
    worstLagNanos = Math.max(worstLagNanos, tookNanos - Math.max(0, waitMillis) * NANOS_PER_MILLI);
  }

  private void work(long waitMillis) {
    try {
      if (waitMillis > 0) {
        selector.select(RunLoop::serve, waitMillis);
      } else {
        selector.selectNow(RunLoop::serve);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
    for (Timer due = timers.peek();
        due != null && due.nanos <= System.nanoTime();
        due = timers.peek()) {
      timers.remove(due);
      due.action.run();
    }
  }

  private static void serve(SelectionKey key) {
    ((Runnable) key.attachment()).run();
  }

  private long waitMillis() {
    if (!tasks.isEmpty()) {
      return 0;
    }
    Timer next = timers.peek();
    long untilNext = next == null ? Long.MAX_VALUE : next.nanos - System.nanoTime();
    return Math.min(LONGEST_WAIT_MILLIS, untilNext / NANOS_PER_MILLI);
  }

  @Override
  public void close() {
    try {
      selector.close();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private record Timer(long nanos, long sequence, Runnable action) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      int byTime = Long.compare(nanos, other.nanos);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }
}
