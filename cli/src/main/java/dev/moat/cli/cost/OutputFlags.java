package dev.moat.cli.cost;

import dev.moat.cli.console.Console;
import dev.moat.cost.report.CsvReport;
import dev.moat.cost.report.JsonReport;
import dev.moat.cost.report.Sheet;
import dev.moat.cost.report.TextReport;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** In which form tables are printed; picocli fills it in. */
final class OutputFlags {
  private static final Set<String> VERDICTS = Set.of("verdicts", "cases");

  @ArgGroup private Form form = new Form();

  @Option(
      names = "--messages",
      description = "List every message of the whole study, too; --json and --csv always do.")
  private boolean messages;

  /** Created by picocli. */
  OutputFlags() {}

  /**
   * Checks that nothing asks for what is printed anyway.
   *
   * @throws IllegalArgumentException naming the option
   */
  void requireNone() {
    if (messages) {
      throw new IllegalArgumentException(
          "--messages is of the whole study; with --pcap, --octets and --credentials all messages"
              + " are listed");
    }
  }

  /** Prints the tables; empty ones only where scripts read. */
  void print(List<Sheet> sheets, Console console) {
    messages = true;
    print(sheets, List.of(), console);
  }

  private boolean isForPeople(Sheet sheet) {
    return !VERDICTS.contains(sheet.id()) && (messages || !sheet.id().equals("messages"));
  }

  /** As above; where people read, {@code lines} stand for the tables of verdicts. */
  void print(List<Sheet> sheets, List<String> lines, Console console) {
    if (form.json) {
      console.result(JsonReport.of(sheets).toPrettyString());
    } else if (form.csv) {
      CsvReport.lines(sheets).forEach(console::result);
    } else {
      text(sheets.stream().filter(this::isForPeople).toList(), console);
      lines.stream().limit(1).forEach(unused -> console.result(""));
      lines.forEach(console::result);
    }
  }

  private static void text(List<Sheet> sheets, Console console) {
    boolean first = true;
    for (Sheet sheet : sheets) {
      if (sheet.rows().isEmpty()) {
        continue;
      }
      if (!first) {
        console.result("");
      }
      first = false;
      TextReport.lines(sheet).forEach(console::result);
    }
  }

  /** At most one. */
  static final class Form {
    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Option(names = "--csv", description = "Print the tables for spreadsheets.")
    private boolean csv;
  }
}
