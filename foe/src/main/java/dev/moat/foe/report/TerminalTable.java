package dev.moat.foe.report;

import dev.moat.foe.lab.Column;
import dev.moat.foe.lab.LabResult;
import dev.moat.foe.lab.LabRun;
import dev.moat.foe.path.Transport;
import dev.moat.foe.scenario.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The table of verdicts for a terminal. */
public final class TerminalTable {
  private static final int NUMBER_WIDTH = 5;
  private static final int GAP = 2;
  private static final int NARROW_GAP = 1;
  private static final String ORDERED =
      " a line of its ladder cannot be on an ordered transport: Foe can stall, cut and delay there";
  private static final String RESET = "\u001b[0m";
  private static final String BOLD = "\u001b[1m";
  private static final String DIM = "\u001b[2m";

  private final LabResult result;
  private final boolean coloured;

  private TerminalTable(LabResult result, boolean coloured) {
    this.result = result;
    this.coloured = coloured;
  }

  /** The table and a closing line; {@code coloured} adds ANSI colours. */
  public static String of(LabResult result, boolean coloured) {
    return new TerminalTable(result, coloured).render();
  }

  private String render() {
    StringBuilder text = new StringBuilder();
    for (LabResult.Section section : result.sections()) {
      table(text, section);
      text.append('\n');
    }
    text.append(legend()).append('\n').append(closing()).append('\n');
    return text.toString();
  }

  /** Several tables: all columns beside each other fit no terminal. */
  private void table(StringBuilder text, LabResult.Section section) {
    int titleWidth = widest(section.rows().stream().map(Scenario::title));
    if (section.kind() == LabResult.Section.Kind.TRANSPORTS) {
      heads(text, section, titleWidth, section.title(), column -> column.head().protection());
      heads(text, section, titleWidth, "", column -> column.head().carrier());
    } else {
      heads(text, section, titleWidth, section.title(), TerminalTable::columnName);
    }
    section.rows().forEach(scenario -> row(text, scenario, titleWidth, section));
  }

  private void heads(
      StringBuilder text,
      LabResult.Section section,
      int titleWidth,
      String title,
      Function<Column, String> name) {
    StringBuilder line = new StringBuilder(pad("", NUMBER_WIDTH)).append(pad(title, titleWidth));
    for (Column column : section.columns()) {
      line.append(pad(name.apply(column), width(column, section)));
    }
    text.append(paint(BOLD, line.toString().stripTrailing())).append('\n');
  }

  private static int widest(Stream<String> texts) {
    return texts.mapToInt(String::length).max().orElse(0) + GAP;
  }

  private static String columnName(Column column) {
    return column.stack().name().replace("rfc9175:", "+");
  }

  private int width(Column column, LabResult.Section section) {
    Stream<String> cells =
        section.rows().stream()
            .flatMap(scenario -> result.run(scenario, column).stream())
            .map(run -> cell(run, section));
    Stream<String> heads =
        section.kind() == LabResult.Section.Kind.TRANSPORTS
            ? Stream.of(column.head().protection(), column.head().carrier())
            : Stream.of(columnName(column));
    int gap = section.kind() == LabResult.Section.Kind.TRANSPORTS ? NARROW_GAP : GAP;
    return widest(Stream.concat(heads, cells)) - GAP + gap;
  }

  private void row(
      StringBuilder text, Scenario scenario, int titleWidth, LabResult.Section section) {
    text.append(pad(number(scenario), NUMBER_WIDTH)).append(pad(scenario.title(), titleWidth));
    for (Column column : section.columns()) {
      Optional<LabRun> run = result.run(scenario, column);
      String cell = run.map(found -> cell(found, section)).orElse("");
      String colour = run.map(TerminalTable::colour).orElse("");
      text.append(paint(colour, pad(cell, width(column, section))));
    }
    text.append('\n');
  }

  /** 10-proximity is row 10+, amplification has a name and no number. */
  private static String number(Scenario scenario) {
    String first = scenario.figure();
    if (!Character.isDigit(first.charAt(0))) {
      return "-";
    }
    return first.equals(scenario.id()) ? first : first + "+";
  }

  /** In a table of many columns the long names are their last word. */
  private static String cell(LabRun run, LabResult.Section section) {
    boolean narrow = section.kind() == LabResult.Section.Kind.TRANSPORTS;
    String word =
        run.verdict()
            .fold(
                s -> "FALLS",
                w -> narrow ? shortened(w.mechanism().word()) : w.mechanism().word(),
                d -> "unknown",
                n -> "n/a");
    return run.isAsExpected() ? word : word + " (!)";
  }

  private static String shortened(String mechanism) {
    return mechanism.substring(mechanism.indexOf('-') + 1);
  }

  private static String colour(LabRun run) {
    String colour =
        switch (run.verdict().kind()) {
          case SUCCEEDED -> "\u001b[31m";
          case WITHSTOOD -> "\u001b[32m";
          case DETECTED -> "\u001b[33m";
          case NOT_APPLICABLE -> DIM;
        };
    return run.isAsExpected() ? colour : "\u001b[7m" + colour;
  }

  private String legend() {
    return paint("\u001b[31m", "FALLS")
        + " the attack does its harm   "
        + paint("\u001b[33m", "unknown")
        + " the client knows that it does not know   "
        + paint("\u001b[32m", "name")
        + " withstood, by that mechanism"
        + (hasOrdered() ? "\n" + paint(DIM, "n/a") + ORDERED : "")
        + (hasSurprise() ? "   (!) not as expected" : "");
  }

  private boolean hasOrdered() {
    return result.transports().stream().anyMatch(Transport::isOrdered);
  }

  private boolean hasSurprise() {
    return !result.isAsExpected();
  }

  private String closing() {
    List<LabRun> surprises = result.surprises();
    if (surprises.isEmpty()) {
      return paint(BOLD, result.runs().size() + " runs, every verdict as expected.");
    }
    StringBuilder text = new StringBuilder();
    text.append(
        paint(
            BOLD,
            surprises.size() + " of " + result.runs().size() + " verdicts are not as expected:"));
    for (LabRun run : surprises) {
      text.append(run.scenario().attacksHandshake() ? "\n  " : "\n  figure ")
          .append(run.scenario().id())
          .append(" against ")
          .append(run.column().name());
      text.append(": ")
          .append(run.verdict().kind().title())
          .append(", ")
          .append(run.verdict().reason());
      run.expected()
          .ifPresent(
              e -> text.append("; expected ").append(e.words()).append(": ").append(e.why()));
    }
    return text.toString();
  }

  /** The evidence of one run, as an indented list. */
  public static String evidence(LabRun run) {
    StringBuilder text = new StringBuilder();
    text.append(run.scenario().attacksHandshake() ? "" : "Figure ");
    text.append(run.scenario().id()).append(", ").append(run.scenario().title());
    text.append(", against ")
        .append(run.stack().name())
        .append(" (")
        .append(run.stack().security());
    text.append(" over ")
        .append(run.transport().word())
        .append("): ")
        .append(run.verdict().kind().title())
        .append('\n');
    run.evidence().forEach(line -> text.append("  ").append(line).append('\n'));
    return text.toString();
  }

  private String paint(String colour, String text) {
    return coloured && !colour.isEmpty() ? colour + text + RESET : text;
  }

  private static String pad(String text, int width) {
    return text.length() >= width ? text + " " : text + " ".repeat(width - text.length());
  }
}
