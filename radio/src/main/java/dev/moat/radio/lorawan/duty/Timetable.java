package dev.moat.radio.lorawan.duty;

import dev.moat.radio.Direction;
import dev.moat.radio.lorawan.SubBand;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When each frame of an exchange leaves. No two overlap: device and network take turns.
 *
 * @param departures in the order of time; the exchange begins at 0
 */
public record Timetable(List<Departure> departures) {
  /** Keeps a copy. */
  public Timetable {
    departures = List.copyOf(departures);
  }

  /** When the last frame has arrived, in microseconds; 0 when there is none. */
  public long completeMicros() {
    return departures.isEmpty() ? 0 : departures.get(departures.size() - 1).endMicros();
  }

  /** The sum of the times on air, in microseconds. */
  public long airMicros() {
    return departures.stream().mapToLong(Departure::airMicros).sum();
  }

  /** The sum of the times on air this way, in microseconds. */
  public long airMicros(Direction direction) {
    return inDirection(direction).mapToLong(Departure::airMicros).sum();
  }

  /** How long the exchange waits with nothing of it on air, in microseconds. */
  public long waitedMicros() {
    return completeMicros() - airMicros();
  }

  /**
   * The off times that hold the exchange up, in microseconds: of each frame whose sender's next one
   * leaves the moment it has passed. As in published tables each counts in full, even while the
   * other side sends, so this can be more than {@link #waitedMicros}.
   */
  public long backoffMicros() {
    Map<Direction, Departure> last = new EnumMap<>(Direction.class);
    long sum = 0;
    for (Departure next : departures) {
      sum +=
          Optional.ofNullable(last.put(next.frame().direction(), next))
              .filter(before -> before.endMicros() + before.offMicros() == next.startMicros())
              .map(Departure::offMicros)
              .orElse(0L);
    }
    return sum;
  }

  /** How many frames are sent for this purpose. */
  public int frames(Frame.Purpose purpose) {
    return (int) departures.stream().filter(one -> one.frame().purpose() == purpose).count();
  }

  /**
   * The most time on air that a sender uses in a sub-band within any window of an hour, in
   * microseconds.
   *
   * @param direction {@link Direction#UPLINK} for the device, else the gateway
   */
  public long busiestHourMicros(Direction direction, SubBand subBand) {
    List<Departure> own =
        inDirection(direction).filter(one -> one.subBand().equals(subBand)).toList();
    // The fullest window ends with a frame: before, it would grow; after, it can only shrink.
    return own.stream().mapToLong(last -> airInHourBefore(last.endMicros(), own)).max().orElse(0);
  }

  private static long airInHourBefore(long end, List<Departure> departures) {
    long begin = end - SubBand.HOUR_MICROS;
    return departures.stream()
        .filter(one -> one.endMicros() <= end)
        .mapToLong(one -> Math.max(0, one.endMicros() - Math.max(one.startMicros(), begin)))
        .sum();
  }

  private Stream<Departure> inDirection(Direction direction) {
    return departures.stream().filter(one -> one.frame().direction() == direction);
  }
}
