package dev.moat.cost.report.content;

import dev.moat.cost.report.page.Table;
import dev.moat.cost.report.page.VerdictRow;
import dev.moat.cost.report.page.VerdictRow.Status;
import dev.moat.cost.verdict.Case;
import dev.moat.cost.verdict.Requirement;
import dev.moat.cost.verdict.Verdict;
import java.util.List;
import java.util.Locale;

/** Verdicts as rows of the page. */
final class VerdictRows {
  private VerdictRows() {}

  static List<VerdictRow> of(List<Verdict> verdicts) {
    return verdicts.stream().map(VerdictRows::row).toList();
  }

  private static VerdictRow row(Verdict verdict) {
    Requirement requirement = verdict.requirement();
    return new VerdictRow(
        requirement.row(),
        requirement.level().name().toLowerCase(Locale.ROOT)
            + " (section "
            + requirement.section()
            + "): "
            + requirement.words(),
        status(verdict),
        verdict.finding(),
        verdict instanceof Verdict.Missed missed ? missed.byHowMuch() : "",
        verdict instanceof Verdict.Missed missed ? missed.help() : List.of(),
        cases(requirement, verdict.cases()));
  }

  private static Status status(Verdict verdict) {
    if (verdict instanceof Verdict.Met) {
      return Status.MET;
    }
    return verdict instanceof Verdict.Missed ? Status.MISSED : Status.REPORTED;
  }

  private static Table cases(Requirement requirement, List<Case> cases) {
    return new Table(
        "The figures of " + requirement.row(),
        List.of("What", "Figure", "Limit", "Verdict"),
        cases.stream()
            .map(one -> List.of(one.subject(), one.value(), one.limit(), outcome(one)))
            .toList());
  }

  private static String outcome(Case one) {
    if (one.limit().isEmpty()) {
      return "–";
    }
    return one.met() ? "met" : "missed: " + one.excess();
  }
}
