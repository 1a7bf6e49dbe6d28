package dev.moat.cost.report;

import dev.moat.cost.exchange.Layer;
import dev.moat.cost.study.CostedExchange;
import dev.moat.cost.verdict.Advice;
import dev.moat.cost.verdict.Case;
import dev.moat.cost.verdict.HandshakeChecks;
import java.util.ArrayList;
import java.util.List;

/** Handshakes held against the limits of the requirements document. */
public final class CheckSheet {
  private static final List<Column> COLUMNS =
      List.of(
          Column.words("subject", "handshake and limit"),
          Column.words("value", "figure"),
          Column.words("limit", "limit"),
          Column.truth("met", "kept"),
          Column.words("excess", "by how much"));

  private CheckSheet() {}

  /** A row for each limit and exchange with a handshake; what would help stands below. */
  public static Sheet of(List<CostedExchange> costed) {
    List<List<String>> rows = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (CostedExchange one : costed) {
      if (one.exchange().handshake(Layer.DATAGRAM).octets() == 0) {
        continue;
      }
      HandshakeChecks.of(one).forEach(check -> rows.add(row(check)));
      Advice.on(one).forEach(help -> notes.add(one.exchange().title() + ", what helps: " + help));
    }
    return new Sheet(
        "checks", "Handshakes held against the limits (LK-102 to LK-128)", COLUMNS, rows, notes);
  }

  private static List<String> row(Case check) {
    return List.of(
        check.subject(), check.value(), check.limit(), Figures.truth(check.met()), check.excess());
  }
}
