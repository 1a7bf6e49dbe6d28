package dev.moat.cli.conform;

import dev.moat.cli.console.Console;
import dev.moat.cli.console.Style;
import dev.moat.cli.console.Terminal;

/**
 * The verdicts of a run, for people.
 *
 * @param console where to print
 * @param all true to name passing cases too
 */
record VerdictsText(Console console, boolean all) {
  void print(Verdicts verdicts) {
    verdicts.files().forEach(this::file);
    for (String kind : verdicts.missingKinds()) {
      line(Style.BAD, "MISSING  no file of kind " + kind + "; runnable kinds: " + Kind.labels());
    }
    String total =
        verdicts.cases()
            + " cases, "
            + verdicts.failures()
            + " failed, "
            + verdicts.skipped().size()
            + " files not run";
    line(
        verdicts.passed() ? Style.GOOD : Style.BAD,
        (verdicts.passed() ? "passed: " : "failed: ") + total);
    if (!verdicts.skipped().isEmpty()) {
      console.note(
          "  Leave out what is not supported with --kind " + Kind.labels().replace(" ", ""));
    }
  }

  private void file(Verdicts.OfFile file) {
    for (Verdicts.OfCase one : file.cases()) {
      if (!one.problems().isEmpty()) {
        line(
            Style.BAD,
            "FAIL     " + file.name() + " " + one.id() + ": " + String.join("; ", one.problems()));
      } else if (all) {
        line(Style.GOOD, "ok       " + file.name() + " " + one.id());
      }
    }
    if (file.refusal().isEmpty()) {
      long passed = file.cases().size() - file.failures();
      console.result(
          "         " + file.name() + ": " + passed + " of " + file.cases().size() + " passed");
    } else {
      line(Style.DOUBT, "NOT RUN  " + file.name() + ": " + file.kind() + ": " + file.refusal());
    }
  }

  private void line(Style style, String text) {
    console.result(style.on(text, Terminal.colouredOut()));
  }
}
