package dev.moat.cost.report.html;

import dev.moat.cost.report.page.Table;
import java.util.List;

/** Tables, open or folded away. */
final class TableMarkup {
  private static final String NUMBER = "[-+]?[0-9][0-9 ,.]*";

  private TableMarkup() {}

  /** The table behind a line that opens it. */
  static void folded(StringBuilder out, String summary, Table table) {
    out.append("<details class=\"numbers\">").append(Html.element("summary", summary));
    append(out, table);
    out.append("</details>\n");
  }

  /** The table; what it does not fit, it scrolls by itself. */
  static void append(StringBuilder out, Table table) {
    out.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
        .append(Html.escape(table.caption()))
        .append("\"><table>\n")
        .append(Html.element("caption", table.caption()))
        .append("\n<thead><tr>");
    for (int i = 0; i < table.columns().size(); i++) {
      out.append(
              isOfNumbers(table, i) ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">")
          .append(Html.escape(table.columns().get(i)))
          .append("</th>");
    }
    out.append("</tr></thead>\n<tbody>\n");
    table.rows().forEach(row -> row(out, row));
    out.append("</tbody></table></div>\n");
  }

  /** The first column names its rows, even by numbers. */
  private static boolean isOfNumbers(Table table, int column) {
    return column > 0
        && !table.rows().isEmpty()
        && table.rows().stream().map(row -> row.get(column)).allMatch(TableMarkup::isNumber);
  }

  /** The dash stands for a number that there is not. */
  private static boolean isNumber(String cell) {
    return cell.equals("–") || cell.matches(NUMBER);
  }

  private static void row(StringBuilder out, List<String> row) {
    out.append("<tr><th scope=\"row\">").append(Html.escape(row.get(0))).append("</th>");
    for (String cell : row.subList(1, row.size())) {
      out.append(isNumber(cell) ? Html.element("td", "number", cell) : Html.element("td", cell));
    }
    out.append("</tr>\n");
  }
}
