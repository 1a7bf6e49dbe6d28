package dev.moat.cost.report;

import java.util.List;

/**
 * A table with figures, for every form of report.
 *
 * @param id a key for scripts
 * @param title what people read above it
 * @param columns from left to right
 * @param rows a cell for each column: numbers in plain decimal digits, empty where there is none
 * @param notes what people read below it
 */
public record Sheet(
    String id, String title, List<Column> columns, List<List<String>> rows, List<String> notes) {
  /**
   * Keeps copies.
   *
   * @throws IllegalArgumentException when a row has another number of cells than there are columns
   */
  public Sheet {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    notes = List.copyOf(notes);
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            id + " has " + columns.size() + " columns, and a row " + row.size());
      }
    }
  }
}
