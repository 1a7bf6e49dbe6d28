package dev.moat.cli.conform.curve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;

/**
 * Compares what became of a test with its member {@code result}. Of what is "acceptable" either is
 * right, as long as what is computed is what the test states; which of the two it was is noted.
 */
record Verdict(JsonNode testCase, Findings findings) {
  /** The operation was refused. */
  void refused(String why) {
    switch (result()) {
      case "valid" -> findings.problem("refused: " + why);
      case "invalid" -> {}
      case "acceptable" -> findings.note("acceptable to Wycheproof, refused here: " + why);
      default -> nonsense();
    }
  }

  /** The operation was done, with a result of this name. */
  void done(String what, Object stated, Object actual) {
    switch (result()) {
      case "valid" -> findings.same(what, stated, actual);
      case "invalid" -> findings.problem("not refused");
      case "acceptable" -> {
        findings.same(what, stated, actual);
        findings.note("acceptable to Wycheproof, accepted here");
      }
      default -> nonsense();
    }
  }

  private String result() {
    return Json.text(testCase, "result");
  }

  private void nonsense() {
    findings.problem("result is none of valid, invalid, acceptable");
  }
}
