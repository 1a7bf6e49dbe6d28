package dev.moat.cli.conform.cases;

import com.fasterxml.jackson.databind.JsonNode;

/** Runs one case of a kind. */
public interface CaseRunner {
  /**
   * Runs {@code testCase} and tells {@code findings} of everything that differs from what it
   * states.
   */
  void run(JsonNode testCase, Findings findings);
}
