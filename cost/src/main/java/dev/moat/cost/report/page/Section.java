package dev.moat.cost.report.page;

import java.util.List;

/**
 * A part of the page with a heading.
 *
 * @param id where a link leads: small letters, digits and hyphens
 * @param title the heading
 * @param paragraphs what it shows, and its limits
 * @param charts the drawings
 * @param tables tables beside those of the charts
 */
public record Section(
    String id, String title, List<String> paragraphs, List<Chart> charts, List<Table> tables) {
  /** Keeps copies. */
  public Section {
    paragraphs = List.copyOf(paragraphs);
    charts = List.copyOf(charts);
    tables = List.copyOf(tables);
  }
}
