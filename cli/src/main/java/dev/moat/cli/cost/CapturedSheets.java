package dev.moat.cli.cost;

import dev.moat.cost.conversation.CapturedExchange;
import dev.moat.cost.conversation.Repeat;
import dev.moat.cost.report.Column;
import dev.moat.cost.report.Sheet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tables of who talked in a capture, and what was sent again. */
final class CapturedSheets {
  private CapturedSheets() {}

  /** Who talked with whom. */
  static Sheet conversations(Found found) {
    List<List<String>> rows = new ArrayList<>();
    Set<String> notes = new LinkedHashSet<>(found.notes());
    for (CapturedExchange one : found.captured()) {
      rows.add(
          List.of(
              one.exchange().id(),
              one.exchange().protocol().toString(),
              one.client().toString(),
              one.server().toString(),
              one.exchange().source()));
      notes.addAll(one.remarks());
    }
    return new Sheet(
        "conversations",
        "Captured",
        List.of(
            Column.words("exchange", "exchange"),
            Column.words("protocol", "protocol"),
            Column.words("client", "client"),
            Column.words("server", "server"),
            Column.words("source", "file")),
        rows,
        List.copyOf(notes));
  }

  /** What stands there more than once. */
  static Sheet retransmissions(Found found) {
    List<List<String>> rows = new ArrayList<>();
    for (CapturedExchange one : found.captured()) {
      for (Repeat repeat : one.repeats()) {
        rows.add(
            List.of(
                one.exchange().id(),
                repeat.name(),
                Integer.toString(repeat.times()),
                Integer.toString(repeat.octets())));
      }
    }
    return new Sheet(
        "retransmissions",
        "Sent again (or captured twice); not costed, as what is lost differs from network to network",
        List.of(
            Column.words("exchange", "exchange"),
            Column.words("message", "message"),
            Column.number("times", "times"),
            Column.number("octets", "octets each")),
        rows,
        List.of());
  }
}
