package dev.moat.cost.report.page;

import java.util.List;

/**
 * A table of text.
 *
 * @param caption what it shows
 * @param columns their titles
 * @param rows each as long as {@code columns}; cells that are numbers stand at the right
 */
public record Table(String caption, List<String> columns, List<List<String>> rows) {
  /**
   * Keeps copies.
   *
   * @throws IllegalArgumentException when a row has another length than the columns
   */
  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "table %s has %d columns, and a row has %d cells"
                .formatted(caption, columns.size(), row.size()));
      }
    }
  }
}
