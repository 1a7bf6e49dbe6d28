package dev.moat.cost.report.html;

import dev.moat.cost.exchange.Origin;
import dev.moat.cost.report.page.Chart;
import dev.moat.cost.report.page.ChartTable;
import dev.moat.cost.report.page.OriginWords;
import dev.moat.cost.report.page.Section;
import dev.moat.cost.report.page.Series;

/** A section with its drawings, their legends and their tables. */
final class SectionMarkup {
  private SectionMarkup() {}

  static void append(StringBuilder out, Section section) {
    out.append("<section id=\"")
        .append(Html.escape(section.id()))
        .append("\">\n")
        .append(Html.element("h2", section.title()))
        .append('\n');
    section.paragraphs().forEach(one -> out.append(Html.element("p", one)).append('\n'));
    out.append("<div class=\"figures\">\n");
    section.charts().forEach(chart -> figure(out, chart));
    out.append("</div>\n");
    section.tables().forEach(table -> TableMarkup.append(out, table));
    out.append("</section>\n");
  }

  private static void figure(StringBuilder out, Chart chart) {
    out.append("<figure class=\"card\" id=\"figure-")
        .append(chart.id())
        .append("\">\n<figcaption>")
        .append(Html.element("h3", chart.title()))
        .append(Html.element("p", "unit", chart.axis().title()))
        .append("</figcaption>\n");
    legend(out, chart);
    out.append("<div class=\"plot\"><canvas id=\"chart-")
        .append(chart.id())
        .append("\" role=\"img\" aria-label=\"")
        .append(Html.escape(chart.title() + ". The numbers follow as a table."))
        .append("\"></canvas></div>\n");
    TableMarkup.folded(out, "The numbers as a table", ChartTable.of(chart));
    out.append("</figure>\n");
  }

  private static void legend(StringBuilder out, Chart chart) {
    out.append("<ul class=\"legend\">");
    boolean lines = chart.kind() == Chart.Kind.LINES;
    for (int i = 0; i < chart.series().size(); i++) {
      Series one = chart.series().get(i);
      String published =
          lines && one.origin() == Origin.PUBLISHED ? ", " + OriginWords.of(one.origin()) : "";
      entry(out, (lines ? "line" : "fill") + " c" + i, one.name() + published);
    }
    if (!lines && hasPublished(chart)) {
      entry(out, "fill hatched", "hatched: published, not measured here");
    }
    chart.band().ifPresent(band -> entry(out, "fill band", band.label()));
    out.append("</ul>\n");
  }

  private static boolean hasPublished(Chart chart) {
    return chart.categories().stream().anyMatch(one -> one.origin() == Origin.PUBLISHED);
  }

  private static void entry(StringBuilder out, String className, String words) {
    out.append("<li><span class=\"key ")
        .append(className)
        .append("\"></span>")
        .append(Html.escape(words))
        .append("</li>");
  }
}
