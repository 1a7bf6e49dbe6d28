package dev.moat.cost.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Collects the cases of one requirement and says the verdict. */
final class Findings {
  private final Requirement requirement;
  private final List<Case> required = new ArrayList<>();
  private final List<Case> shown = new ArrayList<>();
  private final List<String> help = new ArrayList<>();

  Findings(Requirement requirement) {
    this.requirement = requirement;
  }

  /** A case that the requirement stands or falls with. */
  Findings require(Case one) {
    required.add(one);
    return this;
  }

  /** A case that is shown beside: what else costs how much. */
  Findings show(Case one) {
    shown.add(one);
    return this;
  }

  /** What would help if the requirement is missed. */
  Findings help(String advice) {
    help.add(advice);
    return this;
  }

  /** Met when every required case is. */
  Verdict judge(String finding) {
    if (required.isEmpty()) {
      throw new IllegalStateException(requirement.row() + " is judged by no case");
    }
    if (required.stream().allMatch(Case::met)) {
      return new Verdict.Met(requirement, finding, cases());
    }
    String excess =
        required.stream()
            .filter(one -> !one.met())
            .map(one -> one.subject() + ": " + one.excess())
            .collect(Collectors.joining("; "));
    return new Verdict.Missed(requirement, finding, excess, help, cases());
  }

  /** Neither met nor missed. */
  Verdict report(String finding) {
    return new Verdict.Reported(requirement, finding, cases());
  }

  private List<Case> cases() {
    List<Case> all = new ArrayList<>(required);
    all.addAll(shown);
    return all;
  }
}
