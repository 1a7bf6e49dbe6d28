package dev.moat.cost.verdict;

import dev.moat.cost.study.Repeats;
import java.util.List;

/** Running it again: row 129. */
final class RepeatVerdicts {
  private final Evidence evidence;

  RepeatVerdicts(Evidence evidence) {
    this.evidence = evidence;
  }

  List<Verdict> all() {
    Repeats.Reboot reboot = evidence.study().repeats().reboot();
    return List.of(
        new Findings(Requirement.LK_129)
            .require(
                Case.holds(
                    "after a reboot that lost the security context",
                    reboot.againOctets() + " octets until the response",
                    reboot.firstOctets() + " octets, as the first time",
                    reboot.againOctets() == reboot.firstOctets()))
            .judge(
                "again costs what the first time does: "
                    + reboot.againOctets()
                    + " octets until the response"));
  }
}
