package dev.moat.cost.report;

import dev.moat.cost.study.Repeats;
import java.util.ArrayList;
import java.util.List;

/** Handshakes at once, and again after the loss of all state. */
public final class RepeatSheet {
  private static final List<Column> COLUMNS =
      List.of(
          Column.words("run", "run"),
          Column.number("devices", "devices"),
          Column.number("millis", "all done after ms"),
          Column.number("referenceOctets", "octets of one alone"),
          Column.number("octets", "octets here at most"));

  private RepeatSheet() {}

  /** The table. */
  public static Sheet of(Repeats repeats) {
    List<List<String>> rows = new ArrayList<>();
    for (Repeats.Parallel one : repeats.parallel()) {
      rows.add(
          List.of(
              "at once",
              Integer.toString(one.devices()),
              Long.toString(one.millis()),
              Integer.toString(one.aloneOctets()),
              Integer.toString(one.mostOctets())));
    }
    Repeats.Reboot reboot = repeats.reboot();
    rows.add(
        List.of(
            "again after a reboot",
            "1",
            "",
            Integer.toString(reboot.firstOctets()),
            Integer.toString(reboot.againOctets())));
    return new Sheet("repeats", "Handshakes at once, and again", COLUMNS, rows, List.of());
  }
}
