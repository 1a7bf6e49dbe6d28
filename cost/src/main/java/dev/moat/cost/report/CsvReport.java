package dev.moat.cost.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tables for spreadsheets (RFC 4180): each with its headings, the id of the table before every row,
 * and an empty line between two.
 */
public final class CsvReport {
  private CsvReport() {}

  /** The lines, without their ends. */
  public static List<String> lines(List<Sheet> sheets) {
    List<String> lines = new ArrayList<>();
    for (Sheet sheet : sheets) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add(line("table", sheet.columns().stream().map(Column::key).toList()));
      sheet.rows().forEach(row -> lines.add(line(sheet.id(), row)));
    }
    return Collections.unmodifiableList(lines);
  }

  private static String line(String first, List<String> cells) {
    return first + "," + cells.stream().map(CsvReport::field).collect(Collectors.joining(","));
  }

  /** Quoted where a comma, a quotation mark or a line's end would tear it. */
  private static String field(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
