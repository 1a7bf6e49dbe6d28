package dev.moat.foe.lab;

import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.stack.StackUnderTest;
import java.util.List;
import java.util.Optional;

/**
 * The whole table.
 *
 * @param scenarios the rows
 * @param stacks the columns
 * @param runs the cells, row by row
 */
public record LabResult(List<Scenario> scenarios, List<StackUnderTest> stacks, List<LabRun> runs) {
  /** Keeps its own copies. */
  public LabResult {
    scenarios = List.copyOf(scenarios);
    stacks = List.copyOf(stacks);
    runs = List.copyOf(runs);
  }

  /** True when every verdict is the expected one. */
  public boolean isAsExpected() {
    return runs.stream().allMatch(LabRun::isAsExpected);
  }

  /** The cells that are not as expected. */
  public List<LabRun> surprises() {
    return runs.stream().filter(run -> !run.isAsExpected()).toList();
  }

  /** One cell. */
  public Optional<LabRun> run(Scenario scenario, StackUnderTest stack) {
    return runs.stream()
        .filter(run -> run.scenario().id().equals(scenario.id()))
        .filter(run -> run.stack().name().equals(stack.name()))
        .findFirst();
  }
}
