package dev.moat.oscore.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ReplayCellTest {
  private static final int THREADS = 4;

  @Test
  void acceptsNothingBeforeItIsTrusted() {
    ReplayCell cell = ReplayCell.untrusted(32);
    assertThat(cell.isTrusted()).isFalse();
    assertThat(cell.accepts(7)).isFalse();
    assertThat(cell.commit(7)).isFalse();
    assertThat(cell.window()).isEqualTo(ReplayWindow.empty(32));
  }

  @Test
  void takesAFreshNumberAsItsLowerLimit() {
    ReplayCell cell = ReplayCell.untrusted(32);
    assertThat(cell.resynchronise(100)).isTrue();
    assertThat(cell.isTrusted()).isTrue();
    assertThat(cell.lost()).isEqualTo(100);
    for (long old = 60; old <= 100; old++) {
      assertThat(cell.accepts(old)).as("%s", old).isFalse();
    }
    assertThat(cell.commit(101)).isTrue();
    assertThat(cell.lost()).isEqualTo(100);
  }

  @Test
  void onceTrustedTreatsASecondFreshNumberLikeAnyOther() {
    ReplayCell cell = ReplayCell.untrusted(32);
    assertThat(cell.resynchronise(100)).isTrue();
    assertThat(cell.resynchronise(100)).isFalse();
    assertThat(cell.resynchronise(99)).isFalse();
    assertThat(cell.resynchronise(102)).isTrue();
    assertThat(cell.accepts(101)).isTrue();
  }

  @Test
  void commitsANumberForOneThreadOnly() throws Exception {
    ReplayCell cell = ReplayCell.trusted(64);
    int accepted = 0;
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Integer>> contenders = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        contenders.add(() -> commitAll(cell));
      }
      for (Future<Integer> count : threads.invokeAll(contenders)) {
        accepted += count.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(accepted).isBetween(1, 5000);
    assertThat(cell.window().highest()).isEqualTo(4999);
  }

  private static int commitAll(ReplayCell cell) {
    int accepted = 0;
    for (long number = 0; number < 5000; number++) {
      accepted += cell.commit(number) ? 1 : 0;
    }
    return accepted;
  }
}
