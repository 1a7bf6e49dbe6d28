package dev.moat.radio.sixtisch.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalendarTest {
  private final Calendar calendar = new Calendar();

  @Test
  void callsEachEntryInItsSlotframeAndInTheOrderOfEntry() {
    calendar.add(3, 7);
    calendar.add(2, 100_000);
    calendar.add(3, 5);
    calendar.add(3, 7);
    assertThat(due(1)).isEmpty();
    assertThat(due(2)).containsExactly(100_000);
    assertThat(due(3)).containsExactly(7, 5, 7);
    assertThat(due(3)).isEmpty();
  }

  @Test
  void keepsWhatIsDueRoundsLater() {
    for (long round = 0; round < 40; round++) {
      calendar.add(1 + 512 * round, (int) round);
    }
    calendar.add(1 + Calendar.FARTHEST, 99);
    for (long round = 0; round < 40; round++) {
      assertThat(due(1 + 512 * round)).containsExactly((int) round);
    }
    assertThat(due(1 + Calendar.FARTHEST)).containsExactly(99);
  }

  @Test
  void whoIsCalledMayEnterSomebodyForALaterRound() {
    calendar.add(4, 1);
    calendar.drain(4, who -> calendar.add(4 + 512, who + 1));
    assertThat(due(4)).isEmpty();
    assertThat(due(4 + 512)).containsExactly(2);
  }

  private List<Integer> due(long now) {
    List<Integer> due = new ArrayList<>();
    calendar.drain(now, due::add);
    return due;
  }
}
