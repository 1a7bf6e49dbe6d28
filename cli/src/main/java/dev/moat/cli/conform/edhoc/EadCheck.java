package dev.moat.cli.conform.edhoc;

import dev.moat.cli.conform.cases.Findings;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.message.EadItems;
import java.util.Set;

/** Compares the EAD that arrived with the stated one, as an application that knows its labels. */
record EadCheck(Trace trace, Side side, Findings findings) {
  void arrived(int message, EadItems items) throws EdhocException {
    EadItems stated = trace.ead(message);
    items.requireKnown(Set.copyOf(EadMembers.critical(stated)));
    side.saw("EAD_" + message, items.encoded());
    if (trace.stated().path("ead").isArray()) {
      findings.same("items of EAD_" + message, stated, items);
    }
  }
}
