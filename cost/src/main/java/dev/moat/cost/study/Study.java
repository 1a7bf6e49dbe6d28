package dev.moat.cost.study;

import dev.moat.cost.exchange.RecordOverhead;
import java.util.List;

/**
 * A whole comparison.
 *
 * @param settings under which conditions
 * @param exchanges every handshake: measured, then published
 * @param overheads what protection adds to a message
 * @param formation network formation by protocol and number of nodes
 * @param repeats many at once, and again
 */
public record Study(
    RadioSettings settings,
    List<CostedExchange> exchanges,
    List<RecordOverhead> overheads,
    List<Formation> formation,
    Repeats repeats) {
  /** Keeps copies. */
  public Study {
    exchanges = List.copyOf(exchanges);
    overheads = List.copyOf(overheads);
    formation = List.copyOf(formation);
  }
}
