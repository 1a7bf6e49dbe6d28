package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.oscore.context.ReplayCell;
import dev.moat.oscore.context.ReplayWindow;

/** A sequence of Partial IVs is accepted and refused as stated (RFC 8613, Section 7.4). */
final class ReplayWindowCase implements CaseRunner {
  @Override
  public void run(JsonNode testCase, Findings findings) {
    String start = Json.text(testCase, "start");
    if (!start.equals("empty")) {
      findings.notRun("a window that starts as '" + start + "' is not yet supported");
      return;
    }
    int size = testCase.path("window_size").asInt(-1);
    ReplayWindow window = ReplayWindow.empty(size);
    ReplayCell cell = ReplayCell.trusted(size);
    int step = 0;
    for (JsonNode one : testCase.path("sequence")) {
      step++;
      long number = one.path(0).asLong(-1);
      boolean expected = one.path(1).asBoolean(false);
      String what = "step " + step + ", number " + number;
      findings.same(what + ", accepted by the window", expected, window.accepts(number));
      findings.same(what + ", accepted by the cell", expected, cell.accepts(number));
      findings.same(what + ", taken by the cell", expected, cell.commit(number));
      if (expected) {
        window = window.with(number);
      }
    }
  }
}
