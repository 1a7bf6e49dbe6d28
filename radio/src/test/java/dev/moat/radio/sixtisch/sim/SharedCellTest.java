package dev.moat.radio.sixtisch.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.radio.sixtisch.JoinBounds;
import dev.moat.radio.sixtisch.Reference;
import dev.moat.radio.sixtisch.Slotframe;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("LK-103")
@Tag("LK-116")
class SharedCellTest {
  private static final int RUNS = 200;
  private static final long BOUND = 100_000;

  @Test
  void everyRowOfTheReferenceFileIsReproducedWithinThreeStandardErrors() {
    Map<String, Sample> known = new HashMap<>();
    double squares = 0;
    int different = 0;
    for (JsonNode row : Reference.sixtisch().get("join_model_montecarlo")) {
      int nodes = row.get("N").asInt();
      int frames = row.get("frames").asInt() * row.get("h").asInt();
      Sample ours = known.get(nodes + "*" + frames);
      boolean seenBefore = ours != null;
      if (ours == null) {
        ours = SharedCell.reference(nodes, frames).times(1, RUNS, BOUND);
        known.put(nodes + "*" + frames, ours);
      }
      // Both are means of 200 runs of the same spread, so their difference has sqrt(2) of one's
      // error.
      double error = Math.sqrt(2) * ours.standardError() / 1e6;
      double deviation = (ours.mean() / 1e6 - row.get("mean").asDouble()) / error;
      assertThat(deviation).as("%s against %s", row, ours).isBetween(-3.0, 3.0);
      squares += seenBefore ? 0 : deviation * deviation;
      different += seenBefore ? 0 : 1;
    }
    assertThat(different).isEqualTo(29);
    // Chi-squared of 29 rows together: above 49.6 in 1 of 100 cases when the model is the same.
    assertThat(squares).isLessThan(49.6);
  }

  @Test
  void theRandomFactorDrawnOnceAsInTheRfcIsAnotherModelThanTheReferenceFiles() {
    SharedCell reference = SharedCell.reference(50, 2);
    SharedCell rfc =
        new SharedCell(50, 2, reference.slotframe(), reference.mac(), JoinTimers.cojp());
    Sample ours = rfc.times(1, RUNS, BOUND);
    assertThat(ours.mean() / 1e6).isLessThan(726.9 - 4 * ours.standardError() / 1e6);
  }

  @Test
  void aSingleNodeTakesExactlyItsFrames() {
    for (int frames = 1; frames < 50; frames++) {
      assertThat(SharedCell.reference(1, frames).run(frames, BOUND)).isEqualTo(frames);
    }
  }

  @Test
  void neverBeatsTheLowerBound() {
    for (int nodes = 1; nodes < 20; nodes++) {
      JoinBounds bounds = new JoinBounds(nodes, 3, 1, Slotframe.minimal());
      Sample times = SharedCell.reference(nodes, 3).times(nodes, 10, BOUND);
      assertThat(times.mean()).isGreaterThanOrEqualTo(bounds.lowerBoundMicros());
    }
  }

  @Test
  void moreFramesAndMoreNodesTakeLongerOnAverage() {
    double last = 0;
    for (int frames = 1; frames <= 8; frames++) {
      double mean = SharedCell.reference(10, frames).times(1, 100, BOUND).mean();
      assertThat(mean).isGreaterThan(last);
      last = mean;
    }
    last = 0;
    for (int nodes = 1; nodes <= 32; nodes *= 2) {
      double mean = SharedCell.reference(nodes, 4).times(1, 100, BOUND).mean();
      assertThat(mean).isGreaterThan(last);
      last = mean;
    }
  }

  @Test
  void theSameSeedGivesTheSameTime() {
    SharedCell cell = SharedCell.reference(20, 4);
    assertThat(cell.run(7, BOUND)).isEqualTo(cell.run(7, BOUND));
    assertThat(cell.times(1, 20, BOUND).standardDeviation()).isPositive();
  }

  @Test
  void endsAtItsBound() {
    assertThat(SharedCell.reference(50, 22).run(1, 100)).isEqualTo(100);
  }

  @Test
  void slottedAlohaHasTheThroughputOfTheFormula() {
    int cells = 40_000;
    for (int nodes : new int[] {1, 2, 5, 20}) {
      for (double probability : new double[] {0.02, 0.1, 1.0 / nodes}) {
        double expected = JoinBounds.alohaThroughput(nodes, probability);
        double error = Math.sqrt(expected * (1 - expected) / cells);
        assertThat(SlottedAloha.throughput(nodes, probability, cells, 11))
            .as("%d nodes, p %f", nodes, probability)
            .isCloseTo(expected, within(3 * error + 1e-12));
      }
    }
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> SharedCell.reference(0, 1))
        .hasMessage("at least 1 node and 1 frame, not 0 and 1");
    assertThatThrownBy(() -> SharedCell.reference(1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SlottedAloha.throughput(0, 0.5, 1, 1))
        .hasMessage("at least 1 node and 1 cell, not 0 and 1");
    assertThatThrownBy(() -> SlottedAloha.throughput(1, 0.5, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
