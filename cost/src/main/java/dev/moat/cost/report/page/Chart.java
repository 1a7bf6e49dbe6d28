package dev.moat.cost.report.page;

import java.util.List;
import java.util.Optional;

/**
 * A drawing and its numbers.
 *
 * @param id a key for the page: small letters, digits and hyphens
 * @param title what it shows
 * @param kind how it is drawn
 * @param axis the axis of the numbers
 * @param categoryTitle what the categories are, as "Exchange" or "Hops"
 * @param categories rows of bars, or places on the lower axis
 * @param series the numbers, each as long as {@code categories}
 * @param band a range that the numbers are held against
 */
public record Chart(
    String id,
    String title,
    Kind kind,
    Axis axis,
    String categoryTitle,
    List<Category> categories,
    List<Series> series,
    Optional<Band> band) {

  /** How many colours the page tells apart. */
  public static final int MAX_SERIES = 10;

  /** How a chart is drawn. */
  public enum Kind {
    /** Bars that lie, their parts one behind the other; the sum stands at their end. */
    STACKED_BARS,
    /** Bars that lie, one below the other. */
    GROUPED_BARS,
    /** Lines over the categories. */
    LINES
  }

  /**
   * Keeps copies.
   *
   * @throws IllegalArgumentException when the id has other characters, a series another length than
   *     the categories, or there are more series than colours
   */
  public Chart {
    categories = List.copyOf(categories);
    series = List.copyOf(series);
    if (!id.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException("a chart's id is of [a-z0-9-], and this one is " + id);
    }
    if (series.size() > MAX_SERIES) {
      throw new IllegalArgumentException(
          "a chart has at most " + MAX_SERIES + " series, and " + id + " " + series.size());
    }
    for (Series one : series) {
      if (one.values().size() != categories.size()) {
        throw new IllegalArgumentException(
            "series %s of chart %s has %d values for %d categories"
                .formatted(one.name(), id, one.values().size(), categories.size()));
      }
    }
  }
}
