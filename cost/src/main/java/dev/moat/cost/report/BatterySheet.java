package dev.moat.cost.report;

import dev.moat.cost.exchange.Layer;
import dev.moat.cost.study.CostedExchange;
import dev.moat.radio.device.BatteryLife;
import dev.moat.radio.device.Cell;
import dev.moat.radio.nbiot.NbiotCost;
import dev.moat.radio.nbiot.PowerProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long a cell lasts when the device does nothing but one handshake every so often. */
public final class BatterySheet {
  private static final double MICRO_PER_MILLI = 1000;
  private static final int PERCENT = 100;

  private static final List<Column> COLUMNS =
      List.of(
          Column.words("exchange", "exchange"),
          Column.words("coverage", "coverage"),
          Column.number("handshakeMillijoules", "handshake mJ"),
          Column.number("attachMillijoules", "attach mJ"),
          Column.number("years", "years"),
          Column.number("handshakeSharePercent", "share of handshakes %"));

  private BatterySheet() {}

  /**
   * The table: NB-IoT, getting connected for each handshake, deep sleep in between.
   *
   * @param rekeyInterval from one handshake to the next
   */
  public static Sheet of(List<CostedExchange> exchanges, Cell cell, Duration rekeyInterval) {
    List<List<String>> rows = new ArrayList<>();
    for (CostedExchange one : exchanges) {
      if (one.exchange().handshake(Layer.DATAGRAM).octets() > 0) {
        rows.add(row(one, one.handshake(Layer.DATAGRAM).good(), cell, rekeyInterval));
        rows.add(row(one, one.handshake(Layer.DATAGRAM).bad(), cell, rekeyInterval));
      }
    }
    return new Sheet(
        "battery",
        "Years of a "
            + cell.name()
            + " on NB-IoT with a handshake every "
            + days(rekeyInterval)
            + " days",
        COLUMNS,
        rows,
        List.of("What the application sends comes on top of it, and shortens the years."));
  }

  private static List<String> row(
      CostedExchange one, NbiotCost cost, Cell cell, Duration rekeyInterval) {
    PowerProfile power = cost.power();
    BatteryLife life =
        new BatteryLife(
            cell,
            cost.totalMillijoule(),
            rekeyInterval,
            power.deepSleepMicrowatts() / MICRO_PER_MILLI);
    return List.of(
        one.exchange().id(),
        cost.coverage().name(),
        Figures.fixed(cost.connectionMillijoule(), 2),
        Figures.fixed(cost.attachMillijoule(), 2),
        Figures.fixed(life.years(), 1),
        Figures.fixed(life.handshakeShare() * PERCENT, 1));
  }

  private static String days(Duration interval) {
    return Figures.fixed(interval.toMinutes() / (24 * 60.0), 2).replaceFirst("\\.?0+$", "");
  }
}
