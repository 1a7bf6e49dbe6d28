package dev.moat.cost.report.content;

import dev.moat.cost.exchange.Layer;
import dev.moat.cost.exchange.Protocol;
import dev.moat.cost.report.page.Axis;
import dev.moat.cost.report.page.Category;
import dev.moat.cost.report.page.Chart;
import dev.moat.cost.report.page.Section;
import dev.moat.cost.report.page.Series;
import dev.moat.radio.sixtisch.SixtischModel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Frames on 6TiSCH by the number of hops. */
final class FrameSection {
  private static final int MOST_HOPS = 10;
  private static final int MOST_OF_A_PROTOCOL = 4;

  private FrameSection() {}

  static Section of(List<Shown> rows) {
    List<Integer> hops = IntStream.rangeClosed(1, MOST_HOPS).boxed().toList();
    return new Section(
        "frames",
        "Frames on 6TiSCH",
        List.of(
            "Frames of 127 octets that the CoAP payloads of the handshake take on every hop. The"
                + " room in a frame shrinks with the distance, as a route from the root grows by a"
                + " hop at a time; at five hops it is 47 octets up and 45 down. Lines that lie on"
                + " each other are told apart by the table."),
        List.of(
            new Chart(
                "frames",
                "Frames of the handshake by hops",
                Chart.Kind.LINES,
                Axis.linear("frames on each hop", 0),
                "Hops",
                hops.stream().map(one -> Category.measured(one.toString())).toList(),
                some(rows).stream().map(row -> series(row, hops)).toList(),
                Optional.empty())),
        List.of());
  }

  /** No more lines than an eye follows: the first of every protocol. */
  private static List<Shown> some(List<Shown> rows) {
    Map<Protocol, Integer> seen = new EnumMap<>(Protocol.class);
    List<Shown> some = new ArrayList<>();
    for (Shown row : rows) {
      int count = seen.merge(row.costed().exchange().protocol(), 1, Integer::sum);
      if (count <= MOST_OF_A_PROTOCOL && some.size() < Chart.MAX_SERIES) {
        some.add(row);
      }
    }
    return some;
  }

  private static Series series(Shown row, List<Integer> hops) {
    return new Series(
        row.label(),
        row.costed().exchange().origin(),
        hops.stream().map(one -> OptionalDouble.of(frames(row, one))).toList());
  }

  private static int frames(Shown row, int hops) {
    return SixtischModel.cost(row.costed().handshake(Layer.PAYLOAD).exchange(), hops).frames();
  }
}
