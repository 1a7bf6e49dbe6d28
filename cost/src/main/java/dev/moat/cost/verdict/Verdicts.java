package dev.moat.cost.verdict;

import dev.moat.cost.study.RadioSettings;
import dev.moat.cost.study.Study;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The verdicts on all requirements. */
public final class Verdicts {
  private Verdicts() {}

  /**
   * One for each requirement, in their order. The requirements speak of EU868 at its slowest data
   * rate and of five hops: exchanges are judged there, wherever the study was costed.
   *
   * @throws IllegalArgumentException when the study lacks an exchange that one of them is about
   */
  public static List<Verdict> of(Study study) {
    Evidence evidence = new Evidence(study.under(RadioSettings.benchmark()));
    List<Verdict> all = new ArrayList<>();
    all.addAll(new SizeVerdicts(evidence).all());
    all.addAll(new LorawanVerdicts(evidence).all());
    all.addAll(new MeshVerdicts(evidence).all());
    all.addAll(new DeviceVerdicts(evidence).all());
    all.addAll(new EnergyVerdicts(evidence).all());
    all.addAll(new RepeatVerdicts(evidence).all());
    all.addAll(new FocusVerdicts(evidence).all(List.copyOf(all)));
    all.sort(Comparator.comparing(Verdict::requirement));
    return List.copyOf(all);
  }
}
