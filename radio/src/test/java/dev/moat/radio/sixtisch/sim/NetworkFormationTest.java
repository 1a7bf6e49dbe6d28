package dev.moat.radio.sixtisch.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.radio.sixtisch.JoinBounds;
import dev.moat.radio.sixtisch.Reference;
import dev.moat.radio.sixtisch.Slotframe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("LK-116")
class NetworkFormationTest {
  private static final List<Stage> COJP = List.of(new Stage(1, 1));
  private static final List<Stage> EDHOC = List.of(new Stage(1, 1), new Stage(1, 1));
  private static final List<Stage> DTLS = List.of(new Stage(5, 6), new Stage(2, 1));
  private static final FormationTopology MESHED = FormationTopology.fullyMeshed();
  private static final long T_SF = Slotframe.minimal().micros();

  @Test
  void theScanHasTheMeanOfTheFormula() {
    // One frame up and one down, of which beacons delay only the first: with rare beacons hardly.
    FormationCell cell =
        new FormationCell(
            Slotframe.minimal(),
            MacSettings.standard(),
            JoinTimers.cojp(),
            new FormationCell.Beacons(0.02, 2),
            1,
            0);
    Sample times = means(FormationSettings.of(1, COJP, MESHED, 0).withCell(cell), 1000);
    // From the start of a slotframe: half a slotframe more than from anywhere within one.
    double scan = (2 / 0.02) * T_SF;
    assertThat(times.mean()).isCloseTo(scan + 2.0 * T_SF, within(3 * times.standardError()));
  }

  @Test
  void collisionsWithBeaconsAndLossesHaveTheMeanOfTheory() {
    // The root beacons in half of the cells, on the one channel there is, and of what is sent 4/5
    // arrive. A failed frame lets 0 or 1 cells pass, for ever: 1.5 cells per failure on average. So
    // 1 / (1/2 4/5) cells of scanning, a request that arrives with 1/2 4/5, a response with 4/5.
    FormationCell cell =
        new FormationCell(
            Slotframe.minimal(),
            new MacSettings(1, 1, 1_000_000, 1),
            new JoinTimers(1_000_000_000_000L, 1, 0, JoinTimers.Spread.ONCE),
            new FormationCell.Beacons(0.5, 1),
            0.8,
            0);
    Sample times = means(FormationSettings.of(1, COJP, MESHED, 0).withCell(cell), 3000);
    double expected = 2.5 + (1 + 1.5 * 0.6 / 0.4) + (1 + 1.5 * 0.2 / 0.8);
    assertThat(times.mean() / T_SF).isCloseTo(expected, within(3 * times.standardError() / T_SF));
  }

  @Test
  void moreHopsTakeLongerOnAverage() {
    double last = 0;
    for (int hops : new int[] {1, 2, 4, 6}) {
      double mean =
          means(FormationSettings.of(12, EDHOC, new FormationTopology(hops, 12), 0), 30).mean();
      assertThat(mean).as("%d hops", hops).isGreaterThan(last);
      last = mean;
    }
  }

  @Test
  void timersBeyondAnySimulationAreHarmless() {
    FormationCell cell =
        new FormationCell(
            new Slotframe(1, 1),
            MacSettings.standard(),
            new JoinTimers(Long.MAX_VALUE, 1.5, 4, JoinTimers.Spread.ONCE),
            new FormationCell.Beacons(0.33, 16),
            1,
            1_000_000_000_000L);
    FormationResult result =
        run(FormationSettings.of(3, EDHOC, MESHED, 1).withCell(cell).withTimeBound(50_000));
    assertThat(result.traffic().slotframes()).isLessThanOrEqualTo(50_000);
    assertThat(result.joined()).isPositive();
  }

  @Test
  void aFullQueueLosesWhatComes() {
    FormationSettings settings =
        FormationSettings.of(30, List.of(new Stage(3, 3)), new FormationTopology(2, 15), 1);
    // So many retransmissions that the MAC gives up nothing: what is dropped was lost to a queue.
    FormationResult narrow = run(settings.withCell(queueOf(1)));
    assertThat(narrow.complete()).isTrue();
    assertThat(narrow.traffic().dropped()).as("forwarded, to a queue of 1").isPositive();
    FormationResult wide = run(settings.withCell(queueOf(1_000_000)));
    assertThat(wide.complete()).isTrue();
    assertThat(wide.traffic().dropped()).isZero();
  }

  @Test
  void aNodesOwnMessageMayHaveMoreFramesThanItsQueue() {
    FormationSettings own = FormationSettings.of(1, List.of(new Stage(41, 1)), MESHED, 1);
    assertThat(own.cell().mac().queueFrames()).isEqualTo(40);
    assertThat(run(own.withTimeBound(20_000 * T_SF)).complete()).isTrue();
    FormationResult narrow =
        run(FormationSettings.of(1, List.of(new Stage(3, 1)), MESHED, 1).withCell(queueOf(1)));
    assertThat(narrow.complete()).isTrue();
    assertThat(narrow.traffic().dropped()).isZero();
  }

  private static FormationCell queueOf(int frames) {
    return new FormationCell(
        Slotframe.minimal(),
        new MacSettings(1, 7, 1_000_000, frames),
        JoinTimers.cojp().withSpread(JoinTimers.Spread.EACH_TIME),
        new FormationCell.Beacons(0.33, 16),
        1,
        300_000_000);
  }

  @Test
  @Tag("LK-117")
  void everyHopAndEveryRoundTripAddsItsCells() {
    for (int hops = 1; hops < 8; hops++) {
      for (List<Stage> stages : List.of(COJP, EDHOC)) {
        FormationTopology line = new FormationTopology(hops, 1);
        FormationResult result = run(FormationSettings.of(hops, stages, line, 1));
        assertThat(result.complete()).isTrue();
        double least = (double) Stage.frames(stages) * hops * T_SF;
        assertThat(result.joinMicros().orElseThrow().last()).isGreaterThanOrEqualTo(least);
      }
    }
    double oneTrip =
        means(FormationSettings.of(5, COJP, new FormationTopology(5, 1), 0), 60).mean();
    double twoTrips =
        means(FormationSettings.of(5, EDHOC, new FormationTopology(5, 1), 0), 60).mean();
    assertThat(twoTrips).isGreaterThan(oneTrip);
  }

  @Test
  @Tag("LK-103")
  void moreNodesAndMoreFramesTakeLongerOnAverage() {
    double last = 0;
    for (int nodes : new int[] {2, 5, 10, 20}) {
      double mean = means(FormationSettings.of(nodes, EDHOC, MESHED, 0), 30).mean();
      assertThat(mean).as("%d nodes", nodes).isGreaterThan(last);
      JoinBounds bounds = new JoinBounds(nodes, 4, 1, Slotframe.minimal());
      assertThat(mean).isGreaterThan(bounds.lowerBoundMicros());
      last = mean;
    }
    last = 0;
    for (int frames : new int[] {1, 2, 4, 6}) {
      List<Stage> stages = List.of(new Stage(frames, frames));
      double mean = means(FormationSettings.of(8, stages, MESHED, 0), 40).mean();
      assertThat(mean).as("%d frames each way", frames).isGreaterThan(last);
      last = mean;
    }
  }

  @Test
  @Tag("LK-118")
  void fewLargeFramesJoinEarlierThanManySmallOnesLikeInTheReferenceFile() {
    // The file's runs are few and long-tailed: only that few frames join earlier than many counts,
    // here for pairs of which one has at least half as many frames again.
    List<String> otherwiseInTheFile = new ArrayList<>();
    int pairs = 0;
    for (JsonNode few : Reference.sixtisch().get("sim6t_reference")) {
      for (JsonNode many : Reference.sixtisch().get("sim6t_reference")) {
        if (comparable(few, many)) {
          pairs++;
          assertThat(meanJoin(few)).as("%s, %s", few, many).isLessThan(meanJoin(many));
          if (few.get("mean_join_s").asDouble() > many.get("mean_join_s").asDouble()) {
            otherwiseInTheFile.add(few.get("frames") + " before " + many.get("frames"));
          }
        }
      }
    }
    assertThat(pairs).isEqualTo(34);
    assertThat(otherwiseInTheFile).containsExactly("4 before 7", "6 before 14", "2 before 4");
  }

  private final Map<String, Double> joins = new HashMap<>();

  private static boolean comparable(JsonNode few, JsonNode many) {
    return few.get("scheduling").equals(many.get("scheduling"))
        && few.get("N_including_root").equals(many.get("N_including_root"))
        && 3 * few.get("frames").asInt() <= 2 * many.get("frames").asInt();
  }

  private double meanJoin(JsonNode row) {
    List<Stage> stages = new ArrayList<>();
    row.get("stages").forEach(one -> stages.add(new Stage(one.get(0).asInt(), one.get(1).asInt())));
    int nodes = row.get("N_including_root").asInt() - 1;
    return joins.computeIfAbsent(
        nodes + " " + stages,
        key -> meanJoins(FormationSettings.of(nodes, stages, MESHED, 0), 8).mean());
  }

  @Test
  void lossesDelay() {
    FormationSettings settings = FormationSettings.of(5, EDHOC, new FormationTopology(3, 3), 0);
    double without = means(settings, 30).mean();
    double with =
        means(settings.withCell(FormationCell.minimal().withDeliveryRatio(0.5)), 30).mean();
    assertThat(with).isGreaterThan(without);
  }

  @Test
  void theSameSeedGivesTheSameResult() {
    FormationSettings settings = FormationSettings.of(20, DTLS, new FormationTopology(2, 10), 42);
    FormationResult one = run(settings);
    FormationResult two = run(settings);
    assertThat(one.traffic()).isEqualTo(two.traffic());
    assertThat(one.joinMicros().orElseThrow().mean())
        .isEqualTo(two.joinMicros().orElseThrow().mean());
    assertThat(run(settings.withSeed(43)).traffic()).isNotEqualTo(one.traffic());
  }

  @Test
  void endsAtItsTimeBoundAndSaysSo() {
    FormationSettings settings = FormationSettings.of(60, DTLS, MESHED, 1);
    FormationResult result = run(settings.withTimeBound(20 * T_SF + 1));
    assertThat(result.complete()).isFalse();
    assertThat(result.formationMicros()).isEmpty();
    assertThat(result.traffic().slotframes()).isEqualTo(20);
    assertThat(result.joinMicros()).isEmpty();
    assertThat(result.joined()).isZero();
    assertThat(result.settings().nodes()).isEqualTo(60);
  }

  @Test
  void saysHowFarItIs() {
    List<Integer> joined = new ArrayList<>();
    FormationResult result =
        NetworkFormation.run(
            FormationSettings.of(10, EDHOC, MESHED, 1), (count, micros) -> joined.add(count));
    assertThat(result.complete()).isTrue();
    assertThat(joined).isEqualTo(IntStream.rangeClosed(1, 10).boxed().toList());
    assertThat(result.formationMicros().orElseThrow())
        .isEqualTo((long) result.joinMicros().orElseThrow().last());
    List<Long> times = new ArrayList<>();
    var unused =
        NetworkFormation.run(
            FormationSettings.of(300, DTLS, MESHED, 1).withTimeBound(30_000 * T_SF),
            (count, micros) -> times.add(micros));
    assertThat(times).contains(10_000 * T_SF, 20_000 * T_SF, 30_000 * T_SF);
  }

  @Test
  void aDenseNetworkSwitchedOnTogetherFormsInTheEnd() {
    FormationResult result = run(FormationSettings.of(120, EDHOC, MESHED, 1));
    assertThat(result.complete()).isTrue();
    assertThat(result.traffic().restarts()).isPositive();
    assertThat(result.traffic().dropped()).isPositive();
    assertThat(result.traffic().failures()).isLessThan(result.traffic().transmissions());
  }

  @Test
  @Timeout(60)
  void tenThousandNodesFormToTheLast() {
    FormationResult result =
        run(FormationSettings.of(10_000, EDHOC, new FormationTopology(10, 20), 1));
    assertThat(result.complete()).isTrue();
    assertThat(result.joined()).isEqualTo(10_000);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> FormationSettings.of(0, EDHOC, MESHED, 1))
        .hasMessage("1 to 100000 nodes join, not 0");
    assertThatThrownBy(() -> FormationSettings.of(100_001, EDHOC, MESHED, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FormationSettings.of(1, List.of(), MESHED, 1))
        .hasMessageContaining("a join has a stage");
    assertThatThrownBy(() -> FormationSettings.of(1, EDHOC, MESHED, 1).withTimeBound(0))
        .hasMessageContaining("time: 0");
    assertThatThrownBy(() -> FormationSettings.of(2, EDHOC, new FormationTopology(3, 1), 1))
        .hasMessage("3 hops need as many nodes at least, not 2");
    assertThatThrownBy(() -> FormationCell.minimal().withDeliveryRatio(0))
        .hasMessageContaining("not 0.0");
    assertThatThrownBy(() -> FormationCell.minimal().withDeliveryRatio(1.5))
        .hasMessageContaining("not 1.5");
    for (long holdOff : new long[] {-1, 1_000_000_000_001L}) {
      assertThatThrownBy(
              () ->
                  new FormationCell(
                      Slotframe.minimal(),
                      MacSettings.standard(),
                      JoinTimers.cojp(),
                      new FormationCell.Beacons(1, 1),
                      1,
                      holdOff))
          .hasMessage("a pledge holds off 0 to 10^12 us, not " + holdOff);
    }
  }

  private static FormationResult run(FormationSettings settings) {
    return NetworkFormation.run(settings);
  }

  /** When the last node joined, over several seeds. */
  private static Sample means(FormationSettings settings, int runs) {
    return Sample.of(
        IntStream.range(0, runs)
            .mapToDouble(seed -> run(settings.withSeed(seed)).formationMicros().orElseThrow())
            .toArray());
  }

  /** The mean time of a join, over several seeds. */
  private static Sample meanJoins(FormationSettings settings, int runs) {
    return Sample.of(
        IntStream.range(0, runs)
            .mapToDouble(seed -> run(settings.withSeed(seed)).joinMicros().orElseThrow().mean())
            .toArray());
  }
}
