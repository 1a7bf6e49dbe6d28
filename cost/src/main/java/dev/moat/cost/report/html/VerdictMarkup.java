package dev.moat.cost.report.html;

import dev.moat.cost.report.page.VerdictRow;
import java.util.List;

/** The table of requirements. */
final class VerdictMarkup {
  private VerdictMarkup() {}

  static void append(StringBuilder out, List<VerdictRow> rows) {
    out.append("<section id=\"verdicts\">\n<h2>Verdicts</h2>\n<p class=\"tally\">");
    for (VerdictRow.Status status : VerdictRow.Status.values()) {
      long count = rows.stream().filter(row -> row.status() == status).count();
      out.append(badge(status, count + " " + status)).append(' ');
    }
    out.append("</p>\n<div class=\"scroll\"><table class=\"verdicts\">\n<thead><tr>")
        .append("<th scope=\"col\">Requirement</th><th scope=\"col\">Verdict</th>")
        .append("<th scope=\"col\">What was found</th></tr></thead>\n<tbody>\n");
    rows.forEach(row -> row(out, row));
    out.append("</tbody></table></div>\n</section>\n");
  }

  private static void row(StringBuilder out, VerdictRow row) {
    out.append("<tr id=\"")
        .append(Html.escape(row.id()))
        .append("\"><th scope=\"row\">")
        .append(Html.element("span", "id", row.id()))
        .append(' ')
        .append(Html.escape(row.asked()))
        .append("</th><td>")
        .append(badge(row.status(), row.status().toString()))
        .append("</td><td>")
        .append(Html.element("p", row.finding()));
    if (!row.byHowMuch().isEmpty()) {
      out.append(Html.element("p", "excess", "Missed by: " + row.byHowMuch()));
    }
    if (!row.help().isEmpty()) {
      out.append("<p class=\"help\">What would help:</p><ul>");
      row.help().forEach(one -> out.append(Html.element("li", one)));
      out.append("</ul>");
    }
    if (!row.cases().rows().isEmpty()) {
      TableMarkup.folded(out, "The figures one by one", row.cases());
    }
    out.append("</td></tr>\n");
  }

  private static String badge(VerdictRow.Status status, String words) {
    return Html.element("span", "badge " + status, words);
  }
}
