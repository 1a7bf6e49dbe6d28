package dev.moat.cost.report.content;

import dev.moat.cost.report.page.Section;
import dev.moat.cost.report.page.Table;
import dev.moat.cost.study.Repeats;
import java.util.List;

/** Many at once, and once more. */
final class RepeatSection {
  private RepeatSection() {}

  static Section of(Repeats repeats) {
    return new Section(
        "repeats",
        "Many at once, and once more",
        List.of(
            "Handshakes interleaved through one server over the loopback. Their sizes stay those of"
                + " one alone until the server has used up its identifiers of one octet. The times"
                + " are this machine's and say nothing of a radio."),
        List.of(),
        List.of(
            new Table(
                "Handshakes at once",
                List.of(
                    "Devices",
                    "Milliseconds until the last is done",
                    "Octets of one alone",
                    "Octets of the largest"),
                repeats.parallel().stream()
                    .map(
                        one ->
                            List.of(
                                Integer.toString(one.devices()),
                                Long.toString(one.millis()),
                                Integer.toString(one.aloneOctets()),
                                Integer.toString(one.mostOctets())))
                    .toList()),
            new Table(
                "After the loss of all state",
                List.of("Run", "Octets until the first protected response"),
                List.of(
                    List.of("first", Integer.toString(repeats.reboot().firstOctets())),
                    List.of("again", Integer.toString(repeats.reboot().againOctets()))))));
  }
}
