package dev.moat.cost.report.html;

import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.report.page.OriginWords;
import dev.moat.cost.study.WhatIf;
import dev.moat.radio.Direction;
import dev.moat.radio.device.Cell;
import dev.moat.radio.lorawan.LorawanSettings;
import dev.moat.radio.nbiot.Coverage;
import dev.moat.radio.sixtisch.FrameRoom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The panel in which a reader moves the choices. */
final class WhatIfMarkup {
  private static final List<String> METHODS =
      List.of(
          "0: both sign",
          "1: initiator signs, responder static DH",
          "2: initiator static DH, responder signs",
          "3: static DH on both sides",
          "4: pre-shared key");

  private WhatIfMarkup() {}

  static void append(StringBuilder out, WhatIf whatIf) {
    out.append(
        """
        <section id="what-if">
        <h2>What if</h2>
        <p>Move a choice, and the numbers follow. Every one of them was worked out beforehand by the
        same models as the charts, from an exchange that was run or published; the page computes
        none. What was not run cannot be chosen, and the reason stands below the choice.</p>
        <div class="panel card">
        <form id="what-if-form" autocomplete="off">
        """);
    exchange(out, whatIf);
    shape(out, whatIf);
    radio(out, whatIf.choices());
    out.append("</form>\n<div class=\"answer\" aria-live=\"polite\">\n");
    answers(out);
    out.append("</div>\n</div>\n</section>\n");
  }

  private static void exchange(StringBuilder out, WhatIf whatIf) {
    List<Option> runs =
        whatIf.runs().stream()
            .map(run -> new Option(run.exchange().id(), titleWithOrigin(run)))
            .toList();
    out.append("<fieldset><legend>Exchange</legend>\n");
    select(out, "exchange", "By its name", runs);
    List<Option> others = new ArrayList<>();
    others.add(new Option("", "nothing"));
    others.addAll(runs);
    select(out, "compare", "Compared with", others);
    out.append("</fieldset>\n");
  }

  private static String titleWithOrigin(WhatIf.Run run) {
    return run.exchange().title() + " (" + OriginWords.of(run.exchange().origin()) + ")";
  }

  /** Only what some exchange has can be chosen. */
  private static void shape(StringBuilder out, WhatIf whatIf) {
    List<EdhocShape> shapes =
        whatIf.runs().stream().flatMap(run -> run.exchange().shape().stream()).toList();
    out.append("<fieldset id=\"shape\"><legend>EDHOC</legend>\n")
        .append("<p class=\"note\" id=\"why-shape\"></p>\n");
    select(out, "method", "Method", options(shapes, EdhocShape::method, METHODS::get));
    select(
        out,
        "initiator",
        "Initiator's credential",
        options(shapes, EdhocShape::initiator, Object::toString));
    select(
        out,
        "responder",
        "Responder's credential",
        options(shapes, EdhocShape::responder, Object::toString));
    select(out, "suite", "Cipher suite", options(shapes, EdhocShape::suite, WhatIfMarkup::suite));
    select(out, "path", "Path", options(shapes, EdhocShape::path, WhatIfMarkup::path));
    select(out, "flow", "First request", options(shapes, EdhocShape::flow, WhatIfMarkup::flow));
    select(out, "begins", "Who begins", options(shapes, EdhocShape::begins, WhatIfMarkup::begins));
    out.append("</fieldset>\n");
  }

  private static void radio(StringBuilder out, WhatIf.Choices choices) {
    out.append("<fieldset><legend>What is counted</legend>\n");
    select(
        out,
        "layer",
        "Octets of",
        List.of(
            new Option("datagram", "all that UDP carries"),
            new Option("payload", "the CoAP payload"),
            new Option("message", "the message alone")));
    select(
        out,
        "span",
        "Until",
        List.of(
            new Option("handshake", "the handshake ends"),
            new Option("until_response", "the first protected response")));
    out.append("</fieldset>\n<fieldset><legend>Radio</legend>\n");
    select(out, "rate", "LoRaWAN data rate", numbered(choices.lorawan(), WhatIfMarkup::rate));
    select(out, "hops", "6TiSCH hops", hops(choices.hops()));
    select(out, "coverage", "NB-IoT coverage", numbered(choices.coverages(), WhatIfMarkup::mcl));
    out.append("</fieldset>\n<fieldset><legend>Battery on NB-IoT</legend>\n");
    out.append("<p class=\"note\">By energy alone: a coin cell cannot give the pulses that an")
        .append(" NB-IoT modem draws.</p>\n");
    select(out, "cell", "Cell", cells(choices.cells()));
    select(out, "rekey", "Keys renewed", numbered(choices.rekeys(), WhatIf.Rekey::words));
    out.append("</fieldset>\n");
  }

  private static void answers(StringBuilder out) {
    out.append(
        """
        <h3 id="what-if-title"></h3>
        <p class="note" id="what-if-source"></p>
        <p class="missing" id="what-if-missing" hidden></p>
        <div id="what-if-numbers">
        <table class="answers"><thead><tr><th scope="col">Quantity</th>
        <th scope="col" class="number">Chosen</th>
        <th scope="col" class="number" id="compare-head">Compared</th></tr></thead><tbody>
        """);
    group(out, "Sizes");
    answer(out, "octets", "Octets");
    answer(out, "flights", "Flights");
    group(out, "LoRaWAN");
    answer(out, "packets", "Packets");
    answer(out, "uplink", "Uplink time on air");
    answer(out, "downlink", "Downlink time on air");
    answer(out, "off", "Silence for the uplink duty cycle");
    group(out, "6TiSCH");
    answer(out, "frames", "Frames, of the CoAP payloads");
    answer(out, "fill", "Mean fill of a frame");
    group(out, "NB-IoT");
    answer(out, "energy", "Energy of the exchange");
    answer(out, "attach", "Energy to attach, apart");
    answer(out, "time", "Time on the radio");
    answer(out, "years", "Battery life");
    out.append(
        """
        </tbody></table>
        <h3>Uplink time on air, message by message</h3>
        <p class="unit">seconds at the chosen data rate; the band is 4 to 6 s, asked at SF12</p>
        <div class="plot"><canvas id="chart-what-if" role="img"
        aria-label="Uplink time on air of the chosen exchange; the table below has its numbers."></canvas></div>
        <div class="scroll" tabindex="0" role="region" aria-label="Message by message">
        <table><caption>Message by message</caption><thead><tr><th scope="col">Message</th>
        <th scope="col">Way</th><th scope="col" class="number">Octets</th>
        <th scope="col" class="number">Packets</th><th scope="col" class="number">Time on air</th>
        <th scope="col" class="number">Frames</th></tr></thead><tbody id="what-if-messages"></tbody>
        </table></div>
        </div>
        """);
  }

  private static void group(StringBuilder out, String title) {
    out.append("<tr class=\"group\"><th scope=\"colgroup\" colspan=\"3\">")
        .append(Html.escape(title))
        .append("</th></tr>\n");
  }

  private static void answer(StringBuilder out, String key, String title) {
    out.append("<tr><th scope=\"row\">")
        .append(Html.escape(title))
        .append("<small id=\"note-")
        .append(key)
        .append("\"></small></th><td class=\"number\" data-key=\"")
        .append(key)
        .append("\"></td><td class=\"number\" data-compare=\"")
        .append(key)
        .append("\"></td></tr>\n");
  }

  private static <T extends Comparable<T>> List<Option> options(
      List<EdhocShape> shapes, Function<EdhocShape, T> field, Function<T, String> label) {
    return shapes.stream()
        .map(field)
        .distinct()
        .sorted(Comparator.naturalOrder())
        .map(one -> new Option(value(one), label.apply(one)))
        .toList();
  }

  /** As {@link WhatIf#fields} writes it. */
  private static String value(Object field) {
    return field.toString().toLowerCase(Locale.ROOT);
  }

  private static <T> List<Option> numbered(List<T> choices, Function<T, String> label) {
    return IntStream.range(0, choices.size())
        .mapToObj(i -> new Option(Integer.toString(i), label.apply(choices.get(i))))
        .toList();
  }

  /** The panel begins at the hops of the benchmark. */
  private static List<Option> hops(List<Integer> hops) {
    return numbered(hops, Object::toString).stream()
        .map(
            one ->
                one.selectedIf(one.label().equals(Integer.toString(FrameRoom.benchmark().hops()))))
        .toList();
  }

  /** It begins with cells that can feed a modem. */
  private static List<Option> cells(List<Cell> cells) {
    return numbered(cells, Cell::name).stream()
        .map(one -> one.selectedIf(one.label().equals(Cell.TWO_AA_LITHIUM.name())))
        .toList();
  }

  private static String rate(LorawanSettings settings) {
    return settings.region() + " " + settings.dataRate(Direction.UPLINK);
  }

  private static String mcl(Coverage coverage) {
    return coverage.name() + ", " + coverage.couplingLossDb() + " dB";
  }

  private static void select(StringBuilder out, String name, String label, List<Option> options) {
    out.append("<div class=\"choice\"><label for=\"wi-")
        .append(name)
        .append("\">")
        .append(Html.escape(label))
        .append("</label><select id=\"wi-")
        .append(name)
        .append("\" name=\"")
        .append(name)
        .append("\" aria-describedby=\"why-")
        .append(name)
        .append("\">\n");
    for (Option one : options) {
      out.append("<option value=\"")
          .append(Html.escape(one.value()))
          .append(one.isSelected() ? "\" selected>" : "\">")
          .append(Html.escape(one.label()))
          .append("</option>\n");
    }
    out.append("</select><span class=\"why\" id=\"why-").append(name).append("\"></span></div>\n");
  }

  private static String suite(int number) {
    return switch (number) {
      case 0 -> "0: X25519, EdDSA, CCM with 8-octet tag";
      case 1 -> "1: X25519, EdDSA, CCM with 16-octet tag";
      case 2 -> "2: P-256, ES256, CCM with 8-octet tag";
      case 3 -> "3: P-256, ES256, CCM with 16-octet tag";
      default -> Integer.toString(number);
    };
  }

  private static String path(EdhocShape.PathForm path) {
    return switch (path) {
      case DEFAULT -> "/.well-known/edhoc and Content-Format";
      case SHORT -> "short path, no Content-Format";
    };
  }

  private static String flow(EdhocShape.Flow flow) {
    return switch (flow) {
      case SEQUENTIAL -> "after message_3 was answered";
      case COMBINED -> "with message_3 (RFC 9668)";
    };
  }

  private static String begins(EdhocShape.Begins begins) {
    return switch (begins) {
      case DEVICE -> "the device";
      case NETWORK -> "the network";
    };
  }

  /** An entry of a select. */
  private record Option(String value, String label, boolean isSelected) {
    Option(String value, String label) {
      this(value, label, false);
    }

    Option selectedIf(boolean selected) {
      return new Option(value, label, selected);
    }
  }
}
