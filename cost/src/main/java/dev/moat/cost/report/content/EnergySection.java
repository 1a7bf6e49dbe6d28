package dev.moat.cost.report.content;

import dev.moat.cost.exchange.Layer;
import dev.moat.cost.report.page.Axis;
import dev.moat.cost.report.page.Chart;
import dev.moat.cost.report.page.Section;
import dev.moat.cost.study.RadioCosts;
import dev.moat.radio.Direction;
import dev.moat.radio.nbiot.NbiotCost;
import java.util.List;
import java.util.function.Function;

/** Energy on NB-IoT. */
final class EnergySection {
  private static final double NANOJOULES = 1e6;

  private EnergySection() {}

  static Section of(List<Shown> rows) {
    return new Section(
        "energy",
        "Energy on NB-IoT",
        List.of(
            "What the device's radio spends on the handshake, and, apart, on finding and resuming"
                + " its connection before it, which is the same for every exchange. The scales"
                + " differ."),
        List.of(
            chart(rows, "energy-good", "Good coverage, 144 dB", RadioCosts::good),
            chart(rows, "energy-bad", "Bad coverage, 164 dB", RadioCosts::bad)),
        List.of());
  }

  private static Chart chart(
      List<Shown> rows, String id, String title, Function<RadioCosts, NbiotCost> coverage) {
    Function<Shown, NbiotCost> cost = row -> coverage.apply(row.costed().handshake(Layer.DATAGRAM));
    return new Bars(rows)
        .part("to send", row -> millijoule(cost.apply(row), Direction.UPLINK))
        .part("to listen", row -> millijoule(cost.apply(row), Direction.DOWNLINK))
        .part("to attach, apart", row -> cost.apply(row).attachMillijoule())
        .stacked(id, title, Axis.linear("millijoule", 1));
  }

  private static double millijoule(NbiotCost cost, Direction direction) {
    return cost.connectionNanojoules(direction) / NANOJOULES;
  }
}
