package dev.moat.cost.report.content;

import dev.moat.cost.exchange.Layer;
import dev.moat.cost.report.page.Axis;
import dev.moat.cost.report.page.Band;
import dev.moat.cost.report.page.Section;
import dev.moat.cost.report.page.Table;
import dev.moat.cost.study.RadioSettings;
import dev.moat.radio.Direction;
import dev.moat.radio.lorawan.LorawanCost;
import java.util.List;
import java.util.Locale;

/** Time on air on LoRaWAN. */
final class AirSection {
  private static final double MICROS = 1e6;
  private static final Band ASKED = new Band("4 to 6 s of uplink are asked, at SF12", 4, 6);

  private AirSection() {}

  static Section of(List<Shown> rows, RadioSettings settings) {
    String rate = settings.lorawan().region() + " " + settings.lorawan().dataRate(Direction.UPLINK);
    return new Section(
        "air",
        "Time on air on LoRaWAN",
        List.of(
            "The handshake as sent, at "
                + rate
                + ". draft-ietf-lake-reqs asks for 4 to 6 s of uplink: then two retransmissions and"
                + " as much or twice as much other traffic stay within the 36 s of an hour that a"
                + " duty cycle of 1 % leaves. Less is better."),
        List.of(
            new Bars(rows)
                .part("uplink", row -> seconds(row, Direction.UPLINK))
                .part("downlink", row -> seconds(row, Direction.DOWNLINK))
                .grouped("air", "Time on air of the handshake", Axis.linear("seconds", 3), ASKED)),
        List.of(packets(rows)));
  }

  private static Table packets(List<Shown> rows) {
    return new Table(
        "Packets, and the silence that the uplink calls for",
        List.of("Exchange", "Packets up", "Packets down", "Silence in s"),
        rows.stream()
            .map(
                row ->
                    List.of(
                        row.label(),
                        Integer.toString(cost(row).packets(Direction.UPLINK)),
                        Integer.toString(cost(row).packets(Direction.DOWNLINK)),
                        String.format(
                            Locale.ROOT,
                            "%.1f",
                            cost(row).backoffMicros(Direction.UPLINK) / MICROS)))
            .toList());
  }

  private static double seconds(Shown row, Direction direction) {
    return cost(row).airMicros(direction) / MICROS;
  }

  private static LorawanCost cost(Shown row) {
    return row.costed().handshake(Layer.DATAGRAM).lorawan();
  }
}
