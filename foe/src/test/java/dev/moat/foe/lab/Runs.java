package dev.moat.foe.lab;

import dev.moat.foe.path.Transport;
import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.scenario.ScenarioException;
import dev.moat.foe.scenario.ScenarioParser;
import dev.moat.foe.stack.StackUnderTest;
import dev.moat.foe.trace.Entry;
import java.util.List;
import java.util.Locale;

/** Runs of the lab in virtual time, and questions about their evidence. */
final class Runs {
  private static final LabResult ALL = Lab.standard().run(Transport.VIRTUAL, Lab.Progress.NONE);

  private Runs() {}

  static LabResult all() {
    return ALL;
  }

  static LabRun of(String figure, String stack) {
    return ALL.runs().stream()
        .filter(run -> run.scenario().id().equals(figure) && run.stack().name().equals(stack))
        .findFirst()
        .orElseThrow();
  }

  static LabRun play(Scenario scenario, String stack) {
    return Lab.standard()
        .only(scenario)
        .stack(stack)
        .run(Transport.VIRTUAL, Lab.Progress.NONE)
        .runs()
        .get(0);
  }

  static LabRun play(String figure, StackUnderTest stack) {
    return Lab.standard()
        .figure(figure)
        .only(stack)
        .run(Transport.VIRTUAL, Lab.Progress.NONE)
        .runs()
        .get(0);
  }

  static Scenario scenario(String text) {
    try {
      return ScenarioParser.parse("test.foe", text);
    } catch (ScenarioException bad) {
      throw new AssertionError(bad.getMessage(), bad);
    }
  }

  /** What somebody did, in order. */
  static List<String> of(LabRun run, Entry.Kind kind) {
    return run.trace().stream().filter(entry -> entry.kind() == kind).map(Entry::text).toList();
  }

  /** The server's deeds, without questions that it answered. */
  static List<String> deeds(LabRun run) {
    return of(run, Entry.Kind.SERVER).stream().filter(text -> text.startsWith("executes")).toList();
  }

  /** Messages with a mark, as Foe saw them. */
  static List<String> messages(LabRun run, Entry.Mark mark) {
    return run.trace().stream()
        .filter(entry -> entry.arrow().map(arrow -> arrow.mark() == mark).orElse(false))
        .map(Entry::text)
        .toList();
  }

  /** The last belief that the client spoke of. */
  static String lastBelief(LabRun run) {
    return of(run, Entry.Kind.CLIENT).stream()
        .filter(text -> text.contains("believes") && !text.startsWith("is wrong"))
        .reduce((first, second) -> second)
        .orElse("")
        .toLowerCase(Locale.ROOT);
  }
}
