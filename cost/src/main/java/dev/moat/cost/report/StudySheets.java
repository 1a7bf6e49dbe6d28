package dev.moat.cost.report;

import dev.moat.cost.study.Study;
import dev.moat.cost.verdict.Verdict;
import java.util.List;

/** All tables of a study. */
public final class StudySheets {
  private StudySheets() {}

  /** In the order in which people read them; the verdicts last. */
  public static List<Sheet> of(Study study, List<Verdict> verdicts) {
    return List.of(
        MessageSheet.of(study.exchanges(), study.settings()),
        ExchangeSheet.of(study.exchanges()),
        OverheadSheet.of(study.overheads()),
        DeviceSheet.of(study.device()),
        DeviceSheet.code(study.device()),
        FormationSheet.of(study.formation()),
        RepeatSheet.of(study.repeats()),
        VerdictSheet.cases(verdicts),
        VerdictSheet.of(verdicts));
  }
}
