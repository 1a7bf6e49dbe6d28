package dev.moat.cost.report.page;

import dev.moat.cost.exchange.Origin;

/**
 * A row of bars, or a place on the lower axis of a chart of lines.
 *
 * @param label what it is called
 * @param origin where its numbers come from
 */
public record Category(String label, Origin origin) {
  /** One that was measured or computed here. */
  public static Category measured(String label) {
    return new Category(label, Origin.MEASURED);
  }
}
