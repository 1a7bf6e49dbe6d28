package dev.moat.foe.lab;

import dev.moat.foe.judge.Mechanism;
import dev.moat.foe.judge.Verdict;
import dev.moat.foe.path.Transport;
import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.stack.StackUnderTest;
import dev.moat.foe.trace.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One cell of the table.
 *
 * @param expected empty when the table says nothing
 */
public record LabRun(
    Scenario scenario,
    Column column,
    Verdict verdict,
    Optional<Expectation> expected,
    List<Entry> trace) {

  /** Keeps its own copy. */
  public LabRun {
    trace = List.copyOf(trace);
  }

  /** The stack on both sides. */
  public StackUnderTest stack() {
    return column.stack();
  }

  /** What lies between them. */
  public Transport transport() {
    return column.transport();
  }

  /** True when the verdict is the expected one, or none was expected. */
  public boolean isAsExpected() {
    return expected.map(e -> e.isMetBy(verdict)).orElse(true);
  }

  /**
   * The short name of what withstood the attack or made the client know; empty when nothing did.
   */
  public String mechanism() {
    return verdict.fold(
        s -> "", w -> w.mechanism().word(), d -> Mechanism.THREE_VALUED.word(), n -> "");
  }

  /** The evidence, message by message, and at the end the reason of the verdict. */
  public List<String> evidence() {
    List<String> lines = new ArrayList<>(trace.stream().map(Entry::line).toList());
    lines.add("verdict: " + verdict.kind().title() + ": " + verdict.reason());
    return List.copyOf(lines);
  }
}
