package dev.moat.cli.conform;

import dev.moat.cli.console.Console;
import dev.moat.cli.console.Style;
import dev.moat.cli.console.Terminal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
            + (verdicts.casesNotRun() == 0 ? "" : verdicts.casesNotRun() + " cases not supported, ")
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
    file.cases().forEach(one -> oneCase(file, one));
    notRun(file);
    notes(file);
    if (file.refusal().isEmpty()) {
      console.result(
          "         "
              + file.name()
              + ": "
              + (file.ran() - file.failures())
              + " of "
              + file.ran()
              + " passed");
    } else {
      line(Style.DOUBT, "NOT RUN  " + file.name() + ": " + file.kind() + ": " + file.refusal());
    }
  }

  private void oneCase(Verdicts.OfFile file, Verdicts.OfCase one) {
    if (!one.problems().isEmpty()) {
      line(
          Style.BAD,
          "FAIL     " + file.name() + " " + one.id() + ": " + String.join("; ", one.problems()));
    } else if (all && one.ran()) {
      line(Style.GOOD, "ok       " + file.name() + " " + one.id() + remarks(one));
    } else if (all) {
      line(Style.DOUBT, "NOT RUN  " + file.name() + " " + one.id() + ": " + one.notRun());
    }
  }

  private static String remarks(Verdicts.OfCase one) {
    return one.notes().isEmpty() ? "" : " (" + String.join("; ", one.notes()) + ")";
  }

  /** A line per reason, with the number of cases; never nothing. */
  private void notRun(Verdicts.OfFile file) {
    if (!all) {
      Stream<String> reasons =
          file.cases().stream().filter(one -> !one.ran()).map(Verdicts.OfCase::notRun);
      counted(Style.DOUBT, "NOT RUN  " + file.name(), reasons);
    }
  }

  /** How cases were judged: a line per remark, with the number of cases. */
  private void notes(Verdicts.OfFile file) {
    if (!all) {
      Stream<String> remarks = file.cases().stream().flatMap(one -> one.notes().stream());
      counted(Style.FAINT, "note     " + file.name(), remarks);
    }
  }

  private void counted(Style style, String what, Stream<String> texts) {
    Map<String, Long> counts =
        texts.collect(
            Collectors.groupingBy(text -> text, LinkedHashMap::new, Collectors.counting()));
    counts.forEach(
        (text, count) ->
            line(style, what + " " + count + (count == 1 ? " case: " : " cases: ") + text));
  }

  private void line(Style style, String text) {
    console.result(style.on(text, Terminal.colouredOut()));
  }
}
