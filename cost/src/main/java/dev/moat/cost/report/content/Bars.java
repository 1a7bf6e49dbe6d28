package dev.moat.cost.report.content;

import dev.moat.cost.report.page.Axis;
import dev.moat.cost.report.page.Band;
import dev.moat.cost.report.page.Chart;
import dev.moat.cost.report.page.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** A chart of bars over exchanges, put together part by part. */
final class Bars {
  private final List<Shown> rows;
  private final List<Series> parts = new ArrayList<>();

  Bars(List<Shown> rows) {
    this.rows = rows;
  }

  /** Each row has this part. */
  Bars part(String name, ToDoubleFunction<Shown> value) {
    return partOrNone(name, row -> OptionalDouble.of(value.applyAsDouble(row)));
  }

  /** Some rows have this part. */
  Bars partOrNone(String name, Function<Shown, OptionalDouble> value) {
    parts.add(Series.measured(name, rows.stream().map(value).toList()));
    return this;
  }

  Chart stacked(String id, String title, Axis axis) {
    return chart(id, title, Chart.Kind.STACKED_BARS, axis, Optional.empty());
  }

  Chart grouped(String id, String title, Axis axis, Band band) {
    return chart(id, title, Chart.Kind.GROUPED_BARS, axis, Optional.of(band));
  }

  private Chart chart(String id, String title, Chart.Kind kind, Axis axis, Optional<Band> band) {
    return new Chart(
        id,
        title,
        kind,
        axis,
        "Exchange",
        rows.stream().map(Shown::category).toList(),
        parts,
        band);
  }
}
