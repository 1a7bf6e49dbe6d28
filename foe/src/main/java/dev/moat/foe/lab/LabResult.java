package dev.moat.foe.lab;

import dev.moat.foe.path.Transport;
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
 * @param columns the columns
 * @param runs the cells, row by row
 */
public record LabResult(List<Scenario> scenarios, List<Column> columns, List<LabRun> runs) {
  private static final int TRANSPORTS_OF_A_MATRIX = 4;

  /** Keeps its own copies. */
  public LabResult {
    scenarios = List.copyOf(scenarios);
    columns = List.copyOf(columns);
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

  /** The stacks of the columns. */
  public List<StackUnderTest> stacks() {
    return columns.stream().map(Column::stack).distinct().toList();
  }

  /** The transports of the columns. */
  public List<Transport> transports() {
    return columns.stream().map(Column::transport).distinct().toList();
  }

  /** One cell. */
  public Optional<LabRun> run(Scenario scenario, Column column) {
    return runs.stream()
        .filter(run -> run.scenario().id().equals(scenario.id()))
        .filter(run -> run.column().name().equals(column.name()))
        .findFirst();
  }

  /**
   * The tables that the cells make: one for each security mode, and one for handshakes; with many
   * transports one for each side of the matrix, whose columns they are.
   */
  public List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    boolean isMatrix = transports().size() >= TRANSPORTS_OF_A_MATRIX;
    Predicate<Column> apart = isMatrix ? c -> c.transport().isPlainUdp() : c -> true;
    if (!isMatrix || !columns.stream().allMatch(Column::isOfMatrix)) {
      modes(sections, apart);
    }
    if (isMatrix) {
      add(sections, Section.Kind.TRANSPORTS, "rfc7252", c -> !c.stack().threeValued());
      add(sections, Section.Kind.TRANSPORTS, "moat", c -> c.stack().threeValued());
    }
    add(sections, Section.Kind.HANDSHAKES, "EDHOC", c -> true);
    return List.copyOf(sections);
  }

  private void modes(List<Section> sections, Predicate<Column> isShown) {
    List<Column> shown = columns.stream().filter(isShown).toList();
    for (String security : shown.stream().map(Column::security).distinct().toList()) {
      add(
          sections,
          Section.Kind.STACKS,
          security,
          column -> isShown.test(column) && column.security().equals(security));
    }
  }

  private void add(
      List<Section> sections, Section.Kind kind, String title, Predicate<Column> isColumn) {
    List<Scenario> possible =
        scenarios.stream()
            .filter(s -> s.attacksHandshake() == (kind == Section.Kind.HANDSHAKES))
            .filter(s -> kind != Section.Kind.TRANSPORTS || s.isOfEveryTransport())
            .toList();
    List<Column> shown =
        columns.stream()
            .filter(isColumn)
            .filter(column -> kind != Section.Kind.TRANSPORTS || column.isOfMatrix())
            .filter(column -> possible.stream().anyMatch(row -> run(row, column).isPresent()))
            .toList();
    List<Scenario> rows =
        possible.stream()
            .filter(row -> shown.stream().anyMatch(column -> run(row, column).isPresent()))
            .toList();
    if (!shown.isEmpty()) {
      sections.add(new Section(kind, title, rows, shown));
    }
  }

  /**
   * One table.
   *
   * @param kind what its columns are
   * @param title what its columns have in common
   */
  public record Section(Kind kind, String title, List<Scenario> rows, List<Column> columns) {
    /** Keeps its own copies. */
    public Section {
      rows = List.copyOf(rows);
      columns = List.copyOf(columns);
    }

    /** True for the table of attacks on handshakes. */
    public boolean isOfHandshakes() {
      return kind == Kind.HANDSHAKES;
    }

    /** What the columns of a table are. */
    public enum Kind {
      /** Stacks, under one security mode. */
      STACKS,
      /** Transports, between stacks of one kind. */
      TRANSPORTS,
      /** Stacks with a handshake, in a table of attacks on it. */
      HANDSHAKES
    }
  }
}
