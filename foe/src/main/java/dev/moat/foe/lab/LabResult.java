package dev.moat.foe.lab;

import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.stack.StackUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The whole table.
 *
 * @param scenarios the rows
 * @param stacks the columns
 * @param runs the cells, row by row
 */
public record LabResult(List<Scenario> scenarios, List<StackUnderTest> stacks, List<LabRun> runs) {
  private static final String HANDSHAKES = "EDHOC";

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

  /** The tables that the cells make: one for each security mode, and one for handshakes. */
  public List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    for (String security : stacks.stream().map(StackUnderTest::security).distinct().toList()) {
      add(sections, security, s -> !s.attacksHandshake(), c -> c.security().equals(security));
    }
    add(sections, HANDSHAKES, Scenario::attacksHandshake, c -> true);
    return List.copyOf(sections);
  }

  private void add(
      List<Section> sections,
      String title,
      Predicate<Scenario> isRow,
      Predicate<StackUnderTest> isColumn) {
    List<Scenario> rows = scenarios.stream().filter(isRow).toList();
    List<StackUnderTest> columns =
        stacks.stream()
            .filter(isColumn)
            .filter(stack -> rows.stream().anyMatch(row -> run(row, stack).isPresent()))
            .toList();
    if (!columns.isEmpty()) {
      sections.add(new Section(title, rows, columns));
    }
  }

  /**
   * One table.
   *
   * @param title what its columns have in common
   */
  public record Section(String title, List<Scenario> rows, List<StackUnderTest> columns) {
    /** Keeps its own copies. */
    public Section {
      rows = List.copyOf(rows);
      columns = List.copyOf(columns);
    }

    /** True for the table of attacks on handshakes. */
    public boolean isOfHandshakes() {
      return title.equals(HANDSHAKES);
    }
  }
}
