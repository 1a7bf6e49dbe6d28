package dev.moat.cost.report;

import dev.moat.cost.exchange.RecordOverhead;
import java.util.List;
import java.util.Locale;

/** What protecting a message adds to it. */
public final class OverheadSheet {
  private static final List<Column> COLUMNS =
      List.of(
          Column.words("protocol", "protocol"),
          Column.words("variant", "variant"),
          Column.words("origin", "origin"),
          Column.number("requestOverheadOctets", "on a request"),
          Column.number("responseOverheadOctets", "on a response"),
          Column.number("tagOctets", "tag"));

  private OverheadSheet() {}

  /** The table. */
  public static Sheet of(List<RecordOverhead> overheads) {
    return new Sheet(
        "overheads",
        "Octets that protection adds to a message",
        COLUMNS,
        overheads.stream().map(OverheadSheet::row).toList(),
        List.of());
  }

  private static List<String> row(RecordOverhead one) {
    return List.of(
        one.protocol().toString(),
        one.variant(),
        one.origin().name().toLowerCase(Locale.ROOT),
        Integer.toString(one.requestOverhead()),
        Integer.toString(one.responseOverhead()),
        Integer.toString(one.tagOctets()));
  }
}
