package dev.moat.radio.lorawan.duty;

import dev.moat.radio.Direction;
import dev.moat.radio.lorawan.SubBand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A timetable in the making; owned by one {@link StopAndWait#schedule}. */
final class Timeline {
  private final Pacing pacing;
  private final Map<Transmitter, Pacer> pacers = new HashMap<>();
  private final List<Departure> departures = new ArrayList<>();

  Timeline(Pacing pacing) {
    this.pacing = pacing;
  }

  /** When a sender may begin, from a time on. */
  long earliest(Direction direction, SubBand subBand, long fromMicros, long airMicros) {
    return pacer(direction, subBand).earliestStart(fromMicros, airMicros);
  }

  /** Puts a frame on the line and returns when it ends. */
  long send(Departure departure) {
    pacer(departure.frame().direction(), departure.subBand())
        .sent(departure.startMicros(), departure.airMicros());
    departures.add(departure);
    return departure.endMicros();
  }

  Timetable timetable() {
    return new Timetable(departures);
  }

  private Pacer pacer(Direction direction, SubBand subBand) {
    return pacers.computeIfAbsent(
        new Transmitter(direction, subBand), key -> pacing.in(key.subBand()));
  }

  /** Who has a duty cycle of its own: the device or the gateway, in a sub-band. */
  private record Transmitter(Direction direction, SubBand subBand) {}
}
