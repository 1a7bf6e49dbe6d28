package dev.moat.cost.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.cost.exchange.Origin;
import dev.moat.cost.exchange.Protocol;
import dev.moat.cost.measure.EdhocShapes;
import dev.moat.cost.verdict.Requirement;
import dev.moat.cost.verdict.Verdict;
import dev.moat.cost.verdict.Verdicts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole study, measured here. */
@Timeout(120)
class StudyBenchTest {
  private static final List<Integer> DONE = new ArrayList<>();
  private static Study study;
  private static List<Verdict> verdicts;
  private static int steps;

  @BeforeAll
  static void run() {
    study =
        StudyBench.run(
            StudyPlan.usual(EdhocShapes.standard()),
            (done, of, words) -> {
              DONE.add(done);
              steps = of;
            });
    verdicts = Verdicts.of(study);
  }

  @Test
  @Tag("LK-100")
  @Tag("LK-124")
  void judgesEveryRequirement() {
    assertThat(verdicts).extracting(Verdict::requirement).containsExactly(Requirement.values());
  }

  @Test
  @Tag("LK-125")
  void missesNothing() {
    assertThat(verdicts).filteredOn(Verdict.Missed.class::isInstance).isEmpty();
  }

  @Test
  void countsEveryStepOnce() {
    assertThat(DONE).hasSize(steps).isSorted().doesNotHaveDuplicates().startsWith(0);
  }

  @Test
  @Tag("LK-101")
  void hasMeasuredExchangesOfEveryProtocolThatRunsHere() {
    assertThat(study.exchanges())
        .filteredOn(one -> one.exchange().origin() == Origin.MEASURED)
        .extracting(one -> one.exchange().protocol())
        .contains(Protocol.EDHOC, Protocol.DTLS_1_2, Protocol.TLS_1_3);
  }

  @Test
  @Tag("LK-116")
  void networksFormSoonerTheFewerFramesAJoinHas() {
    for (int nodes : FormationPlan.usual().nodes()) {
      List<Formation> one = study.formation().stream().filter(any -> any.nodes() == nodes).toList();
      assertThat(one).hasSize(5).allMatch(Formation::complete);
      Formation fewest =
          one.stream().min((a, b) -> a.framesPerJoin() - b.framesPerJoin()).orElseThrow();
      Formation most =
          one.stream().max((a, b) -> a.framesPerJoin() - b.framesPerJoin()).orElseThrow();
      assertThat(fewest.lastSeconds()).isLessThan(most.lastSeconds());
    }
  }
}
