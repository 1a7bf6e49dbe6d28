package dev.moat.cost.report;

import dev.moat.cost.report.Column.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Tables for people: columns aligned, numbers to the right. */
public final class TextReport {
  private static final String GAP = "  ";

  private TextReport() {}

  /** The lines of a table, its title first. */
  public static List<String> lines(Sheet sheet) {
    List<Integer> widths = new ArrayList<>();
    for (int i = 0; i < sheet.columns().size(); i++) {
      widths.add(width(sheet, i));
    }
    List<String> lines = new ArrayList<>();
    lines.add(sheet.title());
    lines.add(line(sheet, sheet.columns().stream().map(Column::heading).toList(), widths));
    List<String> rules = widths.stream().map("-"::repeat).toList();
    lines.add(line(sheet, rules, widths));
    sheet.rows().forEach(row -> lines.add(line(sheet, row, widths)));
    lines.addAll(sheet.notes());
    return Collections.unmodifiableList(lines);
  }

  private static int width(Sheet sheet, int index) {
    int widest = sheet.columns().get(index).heading().length();
    for (List<String> row : sheet.rows()) {
      widest = Math.max(widest, row.get(index).length());
    }
    return widest;
  }

  private static String line(Sheet sheet, List<String> cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String padding = " ".repeat(widths.get(i) - cells.get(i).length());
      boolean right = sheet.columns().get(i).kind() == Kind.NUMBER;
      line.append(i == 0 ? "" : GAP)
          .append(right ? padding : "")
          .append(cells.get(i))
          .append(right ? "" : padding);
    }
    return line.toString().stripTrailing();
  }
}
