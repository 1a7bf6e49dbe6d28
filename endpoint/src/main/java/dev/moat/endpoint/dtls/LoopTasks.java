package dev.moat.endpoint.dtls;

import dev.moat.coap.service.EventSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * An executor without a thread: tasks and timers wait here until the owner lets them run. Tasks run
 * in the order they came. Confined to the owner's loop.
 */
final class LoopTasks extends AbstractExecutorService implements ScheduledExecutorService {
  private final EventSink events;
  private final Queue<Runnable> ready = new ArrayDeque<>();
  private final TreeSet<Timer<?>> timers = new TreeSet<>();
  private long nowNanos;
  private long made;
  private boolean ended;

  LoopTasks(EventSink events, long nowNanos) {
    this.events = events;
    this.nowNanos = nowNanos;
  }

  /** The time of the event being processed. */
  long nowNanos() {
    return nowNanos;
  }

  /** Sets the time and makes the timers that are due ready to run. */
  void advance(long now) {
    nowNanos = now;
    while (!timers.isEmpty() && timers.first().dueNanos - now <= 0) {
      ready.add(timers.pollFirst());
    }
  }

  /** True when nothing waits to run now. */
  boolean isIdle() {
    return ready.isEmpty();
  }

  /** Runs what is ready, and what that makes ready. A fault costs the task that caused it. */
  void runAll() {
    for (Runnable next = ready.poll(); next != null; next = ready.poll()) {
      try {
        next.run();
      } catch (RuntimeException | StackOverflowError fault) {
        events.emit(DtlsEvent.Fault.of(fault));
      }
    }
  }

  /** When {@link #advance} will make something ready; {@link Long#MAX_VALUE} for never. */
  long nextNanos() {
    return timers.isEmpty() ? Long.MAX_VALUE : timers.first().dueNanos;
  }

  @Override
  public void execute(Runnable task) {
    if (ended) {
      throw new RejectedExecutionException("the endpoint is closed");
    }
    ready.add(task);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return add(new Timer<>(Executors.callable(command), unit.toNanos(delay), 0));
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    return add(new Timer<>(callable, unit.toNanos(delay), 0));
  }

  /** As with a fixed delay: the loop may be late, and nothing is made up for. */
  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    return scheduleWithFixedDelay(command, initialDelay, period, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    return add(
        new Timer<>(Executors.callable(command), unit.toNanos(initialDelay), unit.toNanos(delay)));
  }

  @Override
  public void shutdown() {
    ended = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    ended = true;
    List<Runnable> pending = new ArrayList<>(ready);
    ready.clear();
    timers.clear();
    return pending;
  }

  @Override
  public boolean isShutdown() {
    return ended;
  }

  @Override
  public boolean isTerminated() {
    return ended && ready.isEmpty();
  }

  /** Never waits: whoever could run the tasks is the one who calls. */
  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isTerminated();
  }

  private <V> Timer<V> add(Timer<V> timer) {
    if (ended) {
      throw new RejectedExecutionException("the endpoint is closed");
    }
    timers.add(timer);
    return timer;
  }

  /** Something to be done later; ordered by time, then by age. */
  private final class Timer<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {
    private final long number = made++;
    private final long periodNanos;
    private long dueNanos;

    Timer(Callable<V> callable, long delayNanos, long periodNanos) {
      super(callable);
      this.periodNanos = periodNanos;
      this.dueNanos = nowNanos + delayNanos;
    }

    @Override
    public void run() {
      if (periodNanos == 0) {
        super.run();
      } else if (runAndReset() && !ended) {
        dueNanos = nowNanos + periodNanos;
        timers.add(this);
      }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      timers.remove(this);
      return super.cancel(false);
    }

    @Override
    protected void setException(Throwable thrown) {
      super.setException(thrown);
      events.emit(DtlsEvent.Fault.of(thrown));
    }

    @Override
    public boolean isPeriodic() {
      return periodNanos != 0;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueNanos - nowNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      Timer<?> that = (Timer<?>) other;
      int byTime = Long.signum(dueNanos - that.dueNanos);
      return byTime != 0 ? byTime : Long.compare(number, that.number);
    }
  }
}
