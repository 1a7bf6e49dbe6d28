package dev.moat.cost.study;

import dev.moat.cost.device.DeviceFigures;
import dev.moat.cost.exchange.RecordOverhead;
import java.util.List;

/**
 * A whole comparison.
 *
 * @param settings under which conditions
 * @param exchanges every handshake: measured, then published
 * @param overheads what protection adds to a message
 * @param device what the device computes and keeps
 * @param formation network formation by protocol and number of nodes
 * @param repeats many at once, and again
 */
public record Study(
    RadioSettings settings,
    List<CostedExchange> exchanges,
    List<RecordOverhead> overheads,
    DeviceFigures device,
    List<Formation> formation,
    Repeats repeats) {
  /** Keeps copies. */
  public Study {
    exchanges = List.copyOf(exchanges);
    overheads = List.copyOf(overheads);
    formation = List.copyOf(formation);
  }

  /** The same exchanges, costed under other conditions; nothing is run again. */
  public Study under(RadioSettings other) {
    if (settings.equals(other)) {
      return this;
    }
    return new Study(
        other,
        exchanges.stream().map(one -> CostedExchange.of(one.exchange(), other)).toList(),
        overheads,
        device,
        formation,
        repeats);
  }
}
