package dev.moat.radio.lorawan.duty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.radio.lorawan.Region;
import dev.moat.radio.lorawan.duty.BurstBudget.Band;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BurstBudgetTest {
  @Test
  @Tag("LK-112")
  void theBoundsBelongToTheBand() {
    BurstBudget draft = BurstBudget.draft();
    assertThat(draft.band(3_999_999)).isEqualTo(Band.BELOW);
    assertThat(draft.band(4_000_000)).isEqualTo(Band.WITHIN);
    assertThat(draft.band(6_000_000)).isEqualTo(Band.WITHIN);
    assertThat(draft.band(6_000_001)).isEqualTo(Band.ABOVE);
    assertThat(draft.meets(6_000_000)).isTrue();
    assertThat(draft.meets(6_000_001)).isFalse();
  }

  @Test
  @Tag("LK-111")
  void anUplinkAtTheUpperBoundSpendsHalfTheBudgetWithItsRetransmissions() {
    BurstBudget draft = BurstBudget.draft();
    assertThat(draft.burstMicros(6_000_000) * 2).isEqualTo(draft.budgetMicros());
    assertThat(draft.burstMicros(4_000_000) * 3).isEqualTo(draft.budgetMicros());
    assertThat(draft.headroomMicros(4_112_384)).isEqualTo(1_887_616);
    assertThat(draft.headroomMicros(6_906_000)).isEqualTo(-906_000);
  }

  @Test
  @Tag("LK-128")
  void oneRetransmissionAllowsSixToNineSeconds() {
    BurstBudget one = BurstBudget.draftWithOneRetransmission();
    assertThat(one.lowerBoundMicros()).isEqualTo(6_000_000);
    assertThat(one.upperBoundMicros()).isEqualTo(9_000_000);
  }

  @Test
  @Tag("LK-109")
  void anotherSubBandHasAnotherBudget() {
    assertThat(BurstBudget.of(Region.EU868.defaultSubBand(), 2)).isEqualTo(BurstBudget.draft());
    assertThat(BurstBudget.of(Region.EU868.secondWindowSubBand(), 2).upperBoundMicros())
        .isEqualTo(60_000_000);
  }

  @Test
  void countsRetransmissionsBeyondAnInt() {
    assertThat(new BurstBudget(1, Integer.MAX_VALUE, 2, 3).burstMicros(1_000))
        .isEqualTo(2_147_483_648_000L);
  }

  @Test
  void refusesImpossibleValues() {
    assertThatThrownBy(() -> new BurstBudget(0, 2, 2, 3))
        .hasMessage("a burst budget is above 0 us, not 0");
    assertThatThrownBy(() -> new BurstBudget(1, -1, 2, 3))
        .hasMessage("there are 0 retransmissions or more, not -1");
    assertThatThrownBy(() -> new BurstBudget(1, 2, 0, 3))
        .hasMessage("factors are 1 or more and in order, not 0 to 3");
    assertThatThrownBy(() -> new BurstBudget(1, 2, 3, 2))
        .hasMessage("factors are 1 or more and in order, not 3 to 2");
  }
}
