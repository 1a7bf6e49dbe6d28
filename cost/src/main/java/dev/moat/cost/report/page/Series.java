package dev.moat.cost.report.page;

import dev.moat.cost.exchange.Origin;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The numbers of one colour.
 *
 * @param name what the legend calls it
 * @param origin where a line's numbers come from; of bars the category says it
 * @param values one for each category; empty where there is none
 */
public record Series(String name, Origin origin, List<OptionalDouble> values) {
  /** Keeps a copy. */
  public Series {
    values = List.copyOf(values);
  }

  /** One that was measured or computed here. */
  public static Series measured(String name, List<OptionalDouble> values) {
    return new Series(name, Origin.MEASURED, values);
  }
}
