package dev.moat.cost.report.content;

import dev.moat.cost.exchange.Layer;
import dev.moat.cost.report.page.Axis;
import dev.moat.cost.report.page.Chart;
import dev.moat.cost.report.page.Section;
import dev.moat.radio.Message;
import java.util.List;
import java.util.OptionalDouble;

/** Octets per message. */
final class SizeSection {
  private SizeSection() {}

  static Section of(List<Shown> rows) {
    return new Section(
        "sizes",
        "Octets per message",
        List.of(
            "What the handshake sends, message by message. EDHOC of the charts runs with suite 2,"
                + " begun by the device, over the short path, with the first request in the last"
                + " message; the panel below has the other combinations."
                + " The messages alone leave out CoAP and the prefix of EDHOC over CoAP"
                + " (RFC 9528, Appendix A.2); of DTLS and TLS they are the records."),
        List.of(
            chart(rows, "sizes-message", "The messages alone", Layer.MESSAGE),
            chart(rows, "sizes-datagram", "All that UDP or TCP carries", Layer.DATAGRAM)),
        List.of());
  }

  private static Chart chart(List<Shown> rows, String id, String title, Layer layer) {
    int most = rows.stream().mapToInt(row -> messages(row, layer).size()).max().orElse(0);
    int parts = Math.min(most, Chart.MAX_SERIES);
    Bars bars = new Bars(rows);
    for (int i = 0; i < parts; i++) {
      int number = i;
      boolean isRest = number == parts - 1 && most > parts;
      bars =
          bars.partOrNone(
              "message " + (number + 1) + (isRest ? " and later" : ""),
              row -> octets(messages(row, layer), number, isRest));
    }
    return bars.stacked(id, title, Axis.linear("octets of the handshake", 0));
  }

  /** The last part of a chart takes what comes after it. */
  private static OptionalDouble octets(List<Message> messages, int number, boolean isRest) {
    if (number >= messages.size()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        isRest
            ? messages.stream().skip(number).mapToInt(Message::octets).sum()
            : messages.get(number).octets());
  }

  private static List<Message> messages(Shown row, Layer layer) {
    return row.costed().handshake(layer).exchange().messages().stream()
        .filter(one -> one.octets() > 0)
        .toList();
  }
}
