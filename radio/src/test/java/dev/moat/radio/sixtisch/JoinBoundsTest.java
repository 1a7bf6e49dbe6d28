package dev.moat.radio.sixtisch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("LK-116")
class JoinBoundsTest {
  @Test
  void theBoundsOfEveryRowOfTheReferenceFileAreReproduced() {
    JsonNode rows = Reference.sixtisch().get("join_model_montecarlo");
    assertThat(rows.size()).isEqualTo(33);
    for (JsonNode row : rows) {
      JoinBounds bounds =
          new JoinBounds(
              row.get("N").asInt(),
              row.get("frames").asInt(),
              row.get("h").asInt(),
              Slotframe.minimal());
      assertThat(bounds.lowerBoundMicros() / 1e6)
          .as("%s", row)
          .isCloseTo(row.get("lower_bound_s").asDouble(), within(0.0501));
      assertThat(bounds.alohaOptimumMicros() / 1e6)
          .as("%s", row)
          .isCloseTo(row.get("aloha_opt_s").asDouble(), within(0.0501));
    }
  }

  @Test
  void alohaIsBestWhenOneFramePerCellIsSentOnAverage() {
    assertThat(JoinBounds.alohaThroughput(1, 1)).isEqualTo(1);
    assertThat(JoinBounds.alohaThroughput(2, 0.5)).isEqualTo(0.5);
    assertThat(JoinBounds.alohaThroughput(10_000, 0.0001)).isCloseTo(1 / Math.E, within(1e-4));
    for (int n = 2; n < 50; n++) {
      double best = JoinBounds.alohaThroughput(n, 1.0 / n);
      assertThat(JoinBounds.alohaThroughput(n, 1.1 / n)).isLessThan(best);
      assertThat(JoinBounds.alohaThroughput(n, 0.9 / n)).isLessThan(best);
    }
  }

  @Test
  void isMonotoneInNodesFramesAndHops() {
    JoinBounds less = new JoinBounds(10, 4, 2, Slotframe.minimal());
    for (JoinBounds more :
        new JoinBounds[] {
          new JoinBounds(11, 4, 2, Slotframe.minimal()),
          new JoinBounds(10, 5, 2, Slotframe.minimal()),
          new JoinBounds(10, 4, 2.1, Slotframe.minimal())
        }) {
      assertThat(more.lowerBoundMicros()).isGreaterThan(less.lowerBoundMicros());
      assertThat(more.alohaOptimumMicros()).isGreaterThan(less.alohaOptimumMicros());
    }
  }

  @Test
  void refusesWhatCannotBe() {
    Slotframe slotframe = Slotframe.minimal();
    assertThatThrownBy(() -> new JoinBounds(0, 1, 1, slotframe))
        .hasMessage("a join has at least 1 node, 1 frame and 1 hop, not 0, 1 and 1.0");
    assertThatThrownBy(() -> new JoinBounds(1, 0, 1, slotframe))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new JoinBounds(1, 1, Double.NaN, slotframe))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JoinBounds.alohaThroughput(0, 0.5))
        .hasMessage("at least 1 node sends, not 0");
    assertThatThrownBy(() -> JoinBounds.alohaThroughput(1, 2))
        .hasMessage("the probability of sending is 0 to 1, not 2.0");
  }
}
