package dev.moat.cost.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ChartTest {
  private static final Series ONE = Series.measured("a", List.of(OptionalDouble.of(1.25)));

  @Test
  void refusesAnIdThatIsNoName() {
    assertThatThrownBy(() -> chart("a b", List.of(ONE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a b");
  }

  @Test
  void refusesASeriesOfAnotherLength() {
    assertThatThrownBy(() -> chart("a", List.of(Series.measured("empty", List.of()))))
        .hasMessage("series empty of chart a has 0 values for 1 categories");
  }

  @Test
  void refusesMoreSeriesThanColours() {
    assertThatThrownBy(() -> chart("a", Collections.nCopies(11, ONE)))
        .hasMessage("a chart has at most 10 series, and a 11");
  }

  @Test
  void aTableRefusesARowOfAnotherLength() {
    assertThatThrownBy(() -> new Table("sizes", List.of("a", "b"), List.of(List.of("c"))))
        .hasMessage("table sizes has 2 columns, and a row has 1 cells");
  }

  @Test
  void aMissingNumberIsADashInTheTable() {
    Chart chart = chart("a", List.of(ONE, Series.measured("b", List.of(OptionalDouble.empty()))));

    assertThat(ChartTable.of(chart).rows())
        .containsExactly(List.of("row", "1.3", "–", "1.3", "measured"));
  }

  private static Chart chart(String id, List<Series> series) {
    return new Chart(
        id,
        "A chart",
        Chart.Kind.STACKED_BARS,
        Axis.linear("seconds", 1),
        "Row",
        List.of(Category.measured("row")),
        series,
        Optional.empty());
  }
}
