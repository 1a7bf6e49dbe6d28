package dev.moat.cost.report.html;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moat.cost.exchange.Origin;
import dev.moat.cost.report.page.Category;
import dev.moat.cost.report.page.Chart;
import dev.moat.cost.report.page.Page;
import dev.moat.cost.report.page.Series;
import java.util.Locale;

/** What the page's script reads. */
final class PageData {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private PageData() {}

  /**
   * The data in JSON, as it may stand inside a script element: none of the characters that could
   * end the element or begin a comment is left, and a reader of JSON sees the same text.
   */
  static String json(Page page) {
    ObjectNode root = MAPPER.createObjectNode();
    ArrayNode charts = root.putArray("charts");
    page.sections()
        .forEach(section -> section.charts().forEach(one -> chart(charts.addObject(), one)));
    WhatIfData.fill(root.putObject("whatIf"), page.whatIf());
    try {
      return escape(MAPPER.writeValueAsString(root));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree of values can always be written", impossible);
    }
  }

  /** In JSON these characters stand inside strings only, where an escape means the same. */
  static String escape(String json) {
    return json.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private static void chart(ObjectNode node, Chart chart) {
    node.put("id", chart.id())
        .put("title", chart.title())
        .put("kind", chart.kind().name().toLowerCase(Locale.ROOT))
        .put("unit", chart.axis().title())
        .put("decimals", chart.axis().decimals())
        .put("logarithmic", chart.axis().isLogarithmic())
        .put("categoryTitle", chart.categoryTitle());
    ArrayNode categories = node.putArray("categories");
    for (Category one : chart.categories()) {
      categories.addObject().put("label", one.label()).put("published", isPublished(one.origin()));
    }
    ArrayNode series = node.putArray("series");
    chart.series().forEach(one -> series(series.addObject(), one));
    chart
        .band()
        .ifPresent(
            band ->
                node.putObject("band")
                    .put("label", band.label())
                    .put("from", band.from())
                    .put("to", band.to()));
  }

  private static void series(ObjectNode node, Series series) {
    node.put("name", series.name()).put("published", isPublished(series.origin()));
    ArrayNode values = node.putArray("values");
    series
        .values()
        .forEach(
            one -> {
              if (one.isPresent()) {
                values.add(one.getAsDouble());
              } else {
                values.addNull();
              }
            });
  }

  private static boolean isPublished(Origin origin) {
    return origin == Origin.PUBLISHED;
  }
}
