package dev.moat.cost.study;

import dev.moat.radio.sixtisch.sim.FormationResult;
import dev.moat.radio.sixtisch.sim.FormationSettings;
import dev.moat.radio.sixtisch.sim.NetworkFormation;
import dev.moat.radio.sixtisch.sim.Stage;
import java.util.ArrayList;
import java.util.List;

/** Simulates the networks of a plan, for one protocol after the other. */
final class Formations {
  private static final double MICROS = 1e6;

  private final FormationPlan plan;

  Formations(FormationPlan plan) {
    this.plan = plan;
  }

  /** One for each number of nodes. */
  List<Formation> of(String protocol, List<Stage> stages) {
    List<Formation> all = new ArrayList<>();
    for (int nodes : plan.nodes()) {
      all.add(averaged(protocol, stages, nodes));
    }
    return all;
  }

  private Formation averaged(String protocol, List<Stage> stages, int nodes) {
    FormationSettings settings =
        FormationSettings.of(nodes, stages, plan.topology(), plan.seed()).withCell(plan.cell());
    double mean = 0;
    double last = 0;
    boolean complete = true;
    for (int run = 0; run < plan.seeds(); run++) {
      FormationResult result = NetworkFormation.run(settings.withSeed(plan.seed() + run));
      // Where nobody joined, the bound is the least that a join takes.
      mean +=
          result.joinMicros().map(sample -> sample.mean()).orElse(1.0 * settings.timeBoundMicros());
      last += result.formationMicros().orElse(settings.timeBoundMicros());
      complete &= result.complete();
    }
    return new Formation(
        protocol,
        nodes,
        Stage.frames(stages),
        mean / plan.seeds() / MICROS,
        last / plan.seeds() / MICROS,
        complete);
  }
}
