package dev.moat.engine.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
  private final Deadlines deadlines = new Deadlines();
  private final List<Long> expired = new ArrayList<>();

  private final class Noted extends Deadline {
    @Override
    protected void expired(long nowNanos) {
      assertThat(isSet()).isFalse();
      expired.add(atNanos());
    }
  }

  @Test
  void expireInOrderAcrossTheEndOfTheClock() {
    long base = Long.MAX_VALUE - 5;
    for (int offset : new int[] {9, 3, 7, 1, 0, 20}) {
      deadlines.set(new Noted(), base + offset);
    }
    assertThat(deadlines.nextNanos()).isEqualTo(base);
    deadlines.expire(base + 9);
    assertThat(expired).containsExactly(base, base + 1, base + 3, base + 7, base + 9);
    assertThat(deadlines.size()).isEqualTo(1);
  }

  @Test
  void noneIsTheLargestTimeAndNoDeadlineIsMistakenForIt() {
    assertThat(deadlines.nextNanos()).isEqualTo(Long.MAX_VALUE);
    deadlines.set(new Noted(), Long.MAX_VALUE);
    assertThat(deadlines.nextNanos()).isEqualTo(Long.MAX_VALUE - 1);
  }

  @Test
  void areMovedAndClearedAtRandomWithoutLosingOrder() {
    Seeded.check(
        50,
        arbitrary -> {
          Deadlines all = new Deadlines();
          List<Noted> set = new ArrayList<>();
          for (int i = 0; i < 500; i++) {
            Noted deadline =
                set.isEmpty() || arbitrary.chance(50) ? new Noted() : arbitrary.pick(set);
            set.remove(deadline);
            all.clear(deadline);
            if (arbitrary.chance(70)) {
              all.set(deadline, arbitrary.between(0, 1000));
              all.set(deadline, arbitrary.between(0, 1000));
              set.add(deadline);
            }
            assertThat(all.size()).isEqualTo(set.size());
          }
          expired.clear();
          all.expire(1000);
          assertThat(expired).hasSize(set.size()).isSorted();
        });
  }
}
