package dev.moat.cost.report.content;

import dev.moat.cost.exchange.RecordOverhead;
import dev.moat.cost.report.page.Axis;
import dev.moat.cost.report.page.Category;
import dev.moat.cost.report.page.Chart;
import dev.moat.cost.report.page.Section;
import dev.moat.cost.report.page.Series;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToIntFunction;

/** What protection adds to a message once there are keys. */
final class RecordSection {
  private RecordSection() {}

  static Section of(List<RecordOverhead> overheads) {
    return new Section(
        "records",
        "What protection adds to a message",
        List.of(
            "Once there are keys, every message pays: octets that protection adds to a CoAP request"
                + " and to its response, the authentication tag included. Tags have 8 or 16 octets;"
                + " that difference is the cipher suite's, not the protocol's."),
        List.of(
            new Chart(
                "records",
                "Octets added to a request and to its response",
                Chart.Kind.STACKED_BARS,
                Axis.linear("octets", 0),
                "Protocol",
                overheads.stream().map(RecordSection::category).toList(),
                List.of(
                    series("request", overheads, RecordOverhead::requestOverhead),
                    series("response", overheads, RecordOverhead::responseOverhead)),
                Optional.empty())),
        List.of());
  }

  private static Category category(RecordOverhead one) {
    return new Category(
        one.protocol() + ", " + one.variant() + ", tag of " + one.tagOctets(), one.origin());
  }

  private static Series series(
      String name, List<RecordOverhead> overheads, ToIntFunction<RecordOverhead> value) {
    return Series.measured(
        name, overheads.stream().map(one -> OptionalDouble.of(value.applyAsInt(one))).toList());
  }
}
