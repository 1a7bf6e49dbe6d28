package dev.moat.cost.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The numbers of a chart as a table. */
public final class ChartTable {
  private ChartTable() {}

  /** A row for each category; a stack has its sum, and bars have their origin. */
  public static Table of(Chart chart) {
    boolean stacked = chart.kind() == Chart.Kind.STACKED_BARS;
    boolean lines = chart.kind() == Chart.Kind.LINES;
    List<String> columns = new ArrayList<>();
    columns.add(chart.categoryTitle());
    chart.series().forEach(one -> columns.add(lines ? withOrigin(one) : one.name()));
    if (stacked) {
      columns.add("sum");
    }
    if (!lines) {
      columns.add("origin");
    }
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < chart.categories().size(); i++) {
      rows.add(row(chart, i, stacked, lines));
    }
    return new Table(chart.title() + " (" + chart.axis().title() + ")", columns, rows);
  }

  private static List<String> row(Chart chart, int index, boolean stacked, boolean lines) {
    Category category = chart.categories().get(index);
    int decimals = chart.axis().decimals();
    List<String> row = new ArrayList<>();
    row.add(category.label());
    double sum = 0;
    for (Series one : chart.series()) {
      OptionalDouble value = one.values().get(index);
      row.add(value.isPresent() ? text(value.getAsDouble(), decimals) : "–");
      sum += value.orElse(0);
    }
    if (stacked) {
      row.add(text(sum, decimals));
    }
    if (!lines) {
      row.add(OriginWords.of(category.origin()));
    }
    return row;
  }

  private static String withOrigin(Series series) {
    return series.name() + " (" + OriginWords.of(series.origin()) + ")";
  }

  private static String text(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
