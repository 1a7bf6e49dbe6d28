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
      assertThat(SharedCell.reference(1, frames).run(frames, BOUND)).hasValue(frames);
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
    assertThat(SharedCell.reference(50, 22).run(1, 100)).isEmpty();
    assertThat(SharedCell.reference(1, 100).run(1, 100)).hasValue(100);
    assertThat(SharedCell.reference(1, 101).run(1, 100)).isEmpty();
  }

  @Test
  void averagesNoRunThatWasCut() {
    assertThat(SharedCell.reference(1, 100).times(1, 3, 100).size()).isEqualTo(3);
    assertThatThrownBy(() -> SharedCell.reference(1, 101).times(7, 3, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "maxSlotframes is 100, and the run of seed 7 takes longer: it has no time to average");
  }

  @Test
  void twoNodesWithAFixedBackOffTakeTheMeanOfTheFormula() {
    // Both send in slotframe 1 and collide. After a collision each lets 0 to K - 1 cells pass. If
    // they differ (1 - 1 / K) both arrive, the later one after 1 + max cells; if not they collide
    // again after as many, and it begins anew. So the mean after a collision, R, solves
    //   R = 1 + E[max] + R / K, where E[max] = (K - 1)(4 K + 1) / (6 K) of two uniform draws,
    // hence 1 + R = 1 + K / (K - 1) + (4 K + 1) / 6.
    for (int exponent : new int[] {1, 2, 3, 5, 8}) {
      MacSettings fixed = new MacSettings(exponent, exponent, 1_000_000, 1);
      SharedCell cell = new SharedCell(2, 1, Slotframe.minimal(), fixed, JoinTimers.cojp());
      Sample times = cell.times(1, 20_000, BOUND);
      double values = 1 << exponent;
      double expected = 1 + values / (values - 1) + (4 * values + 1) / 6;
      double micros = cell.slotframe().micros();
      assertThat(times.mean() / micros)
          .as("exponent %d", exponent)
          .isCloseTo(expected, within(3 * times.standardError() / micros));
    }
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
        .hasMessage("1 to 1048576 nodes and at least 1 frame, not 0 and 1");
    assertThat(SharedCell.reference(1_048_576, 1).nodes()).isEqualTo(1_048_576);
    assertThatThrownBy(() -> SharedCell.reference(1_048_577, 1))
        .hasMessage("1 to 1048576 nodes and at least 1 frame, not 1048577 and 1");
    assertThatThrownBy(() -> SharedCell.reference(1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SlottedAloha.throughput(0, 0.5, 1, 1))
        .hasMessage("at least 1 node and 1 cell, not 0 and 1");
    assertThatThrownBy(() -> SlottedAloha.throughput(1, 0.5, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
