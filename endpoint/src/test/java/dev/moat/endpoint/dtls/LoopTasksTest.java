package dev.moat.endpoint.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.coap.service.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopTasksTest {
  private static final long START = Long.MAX_VALUE - 50; // times wrap

  private final List<Event> events = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private final LoopTasks tasks = new LoopTasks(events::add, START);

  private void pass(long nanos) {
    tasks.advance(tasks.nowNanos() + nanos);
    tasks.runAll();
  }

  @Test
  void runsTasksInOrderOnlyWhenTold() {
    tasks.execute(() -> done.add("a"));
    tasks.execute(() -> tasks.execute(() -> done.add("c")));
    tasks.execute(() -> done.add("b"));
    assertThat(done).isEmpty();
    assertThat(tasks.isIdle()).isFalse();
    tasks.runAll();
    assertThat(done).containsExactly("a", "b", "c");
    assertThat(tasks.isIdle()).isTrue();
  }

  @Test
  void runsTimersWhenTheyAreDueAndByAge() {
    var unused1 = tasks.schedule(() -> done.add("late"), 200, TimeUnit.NANOSECONDS);
    var unused2 = tasks.schedule(() -> done.add("early"), 100, TimeUnit.NANOSECONDS);
    var unused3 = tasks.schedule(() -> done.add("early too"), 100, TimeUnit.NANOSECONDS);
    assertThat(tasks.nextNanos()).isEqualTo(START + 100);
    pass(99);
    assertThat(done).isEmpty();
    pass(1);
    assertThat(done).containsExactly("early", "early too");
    pass(500);
    assertThat(done).endsWith("late");
    assertThat(tasks.nextNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void forgetsATimerThatIsCancelled() {
    Future<?> timer = tasks.schedule(() -> done.add("never"), 100, TimeUnit.NANOSECONDS);
    assertThat(timer.cancel(true)).isTrue();
    assertThat(tasks.nextNanos()).isEqualTo(Long.MAX_VALUE);
    pass(1000);
    assertThat(done).isEmpty();
  }

  @Test
  void repeatsUntilCancelled() {
    Future<?> timer =
        tasks.scheduleWithFixedDelay(() -> done.add("x"), 10, 20, TimeUnit.NANOSECONDS);
    pass(10);
    pass(20);
    pass(100);
    assertThat(done).hasSize(3);
    assertThat(timer.cancel(false)).isTrue();
    pass(100);
    assertThat(done).hasSize(3);
  }

  @Test
  void aFaultCostsItsTaskOnly() {
    tasks.execute(
        () -> {
          throw new IllegalStateException("planted");
        });
    tasks.execute(() -> done.add("after"));
    var unused =
        tasks.schedule(
            () -> {
              throw new IllegalStateException("planted");
            },
            1,
            TimeUnit.NANOSECONDS);
    pass(1);
    assertThat(done).containsExactly("after");
    assertThat(events).hasSize(2).allMatch(DtlsEvent.Fault.class::isInstance);
    assertThat(events.toString()).doesNotContain("planted");
  }

  @Test
  void takesNothingOnceItEnded() {
    tasks.execute(() -> done.add("left"));
    tasks.shutdown();
    assertThat(tasks.isShutdown()).isTrue();
    assertThat(tasks.isTerminated()).isFalse();
    assertThatThrownBy(() -> tasks.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> tasks.schedule(() -> {}, 1, TimeUnit.SECONDS))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(tasks.shutdownNow()).hasSize(1);
    assertThat(tasks.isTerminated()).isTrue();
  }
}
