package dev.moat.cost.report.html;

import dev.moat.cost.exchange.CredentialForm;
import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.EdhocShape.Flow;
import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Origin;
import dev.moat.cost.exchange.Part;
import dev.moat.cost.exchange.Protocol;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.cost.report.page.Axis;
import dev.moat.cost.report.page.Band;
import dev.moat.cost.report.page.Category;
import dev.moat.cost.report.page.Chart;
import dev.moat.cost.report.page.Page;
import dev.moat.cost.report.page.Section;
import dev.moat.cost.report.page.Series;
import dev.moat.cost.report.page.SourceRow;
import dev.moat.cost.report.page.Table;
import dev.moat.cost.report.page.VerdictRow;
import dev.moat.cost.study.WhatIf;
import dev.moat.cost.study.WhatIfMaker;
import dev.moat.radio.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Pages with the sizes of some exchanges, made up where a test does not look at them. */
final class SamplePage {
  private SamplePage() {}

  /** A page with every kind of chart. */
  static Page full(WhatIf whatIf) {
    return new Page(
        "What a handshake costs",
        List.of("A sample.", "Its second paragraph."),
        "moat cost --html report.html",
        verdicts(),
        List.of(sizes(), air(), frames(), formation(), energy()),
        List.of(
            new SourceRow(
                "EDHOC 3 kid", "EDHOC", Origin.MEASURED, "this run", "37 + 45 + 19 = 101"),
            new SourceRow(
                "DTLS 1.3 RPK",
                "DTLS 1.3",
                Origin.PUBLISHED,
                "a document",
                "185 + 454 + 255 = 894")),
        whatIf);
  }

  /** A page with one title and nothing else. */
  static Page titled(String title) {
    return new Page(
        title,
        List.of(title),
        title,
        List.of(
            new VerdictRow(
                "LK-100",
                title,
                VerdictRow.Status.MISSED,
                title,
                title,
                List.of(title),
                new Table(title, List.of(title), List.of(List.of(title))))),
        List.of(
            new Section(
                "one",
                title,
                List.of(title),
                List.of(
                    new Chart(
                        "one",
                        title,
                        Chart.Kind.STACKED_BARS,
                        Axis.linear(title, 0),
                        title,
                        List.of(new Category(title, Origin.PUBLISHED)),
                        List.of(Series.measured(title, List.of(OptionalDouble.of(1)))),
                        Optional.of(new Band(title, 1, 2)))),
                List.of(new Table(title, List.of(title, title), List.of(List.of(title, title)))))),
        List.of(new SourceRow(title, title, Origin.CAPTURED, title, title)),
        none());
  }

  /** Nothing to choose. */
  static WhatIf none() {
    return WhatIfMaker.make(List.of());
  }

  /** Some exchanges to choose from. */
  static WhatIf whatIf() {
    return WhatIfMaker.make(
        List.of(
            edhoc(3, CredentialForm.KID, Flow.COMBINED, 37, 45, 19),
            edhoc(3, CredentialForm.KID, Flow.SEQUENTIAL, 37, 45, 19),
            edhoc(3, CredentialForm.X5T, Flow.COMBINED, 37, 58, 33),
            edhoc(0, CredentialForm.X5T, Flow.COMBINED, 37, 115, 90),
            published()));
  }

  private static List<VerdictRow> verdicts() {
    Table cases =
        new Table(
            "Figures",
            List.of("What", "Figure", "Limit", "Verdict"),
            List.of(List.of("EDHOC 3 kid, packets", "3 packets", "at most 3", "met")));
    return List.of(
        new VerdictRow(
            "LK-112",
            "must: uplink time on air of 4 to 6 s at SF12 (section 2.11.1)",
            VerdictRow.Status.MET,
            "EDHOC method 3 with kid needs 5.264 s of uplink.",
            "",
            List.of(),
            cases),
        new VerdictRow(
            "LK-127",
            "must: a key by value or a certificate by reference: five fragments at most",
            VerdictRow.Status.MISSED,
            "Methods 1 to 3 keep it; method 0 with x5t does not.",
            "EDHOC method 0, x5t: 1 packet too many",
            List.of("static DH in place of one signature: 4 to 5 fragments", "SCHC"),
            cases),
        new VerdictRow(
            "LK-107",
            "should: little new code on a device that has OSCORE",
            VerdictRow.Status.REPORTED,
            "Class files say little about flash.",
            "",
            List.of(),
            cases));
  }

  private static Section sizes() {
    List<Category> categories =
        List.of(
            Category.measured("EDHOC method 3, kid"),
            Category.measured("EDHOC method 3, x5t"),
            Category.measured("EDHOC method 0, x5t"),
            Category.measured("DTLS 1.2, ECDHE-ECDSA with certificates of both sides"),
            Category.measured("TLS 1.3, mutual certificates"),
            new Category("DTLS 1.3, RPK + ECDHE", Origin.PUBLISHED),
            new Category("cTLS, X.509 by reference", Origin.PUBLISHED));
    return new Section(
        "sizes",
        "Octets per message",
        List.of("The messages of the key exchange alone, without what carries them."),
        List.of(
            new Chart(
                "sizes",
                "Handshake by message",
                Chart.Kind.STACKED_BARS,
                Axis.linear("octets", 0),
                "Exchange",
                categories,
                List.of(
                    series("message 1", 37, 37, 37, 120, 250, 185, 110),
                    series("message 2", 45, 58, 115, 310, 900, 454, 140),
                    series("message 3", 19, 33, 90, 420, 610, 255, 100)),
                Optional.empty())),
        List.of());
  }

  private static Section air() {
    return new Section(
        "air",
        "Time on air on LoRaWAN",
        List.of("EU868 at DR0, which is SF12."),
        List.of(
            new Chart(
                "air",
                "Time on air of the handshake",
                Chart.Kind.GROUPED_BARS,
                Axis.linear("seconds at SF12", 3),
                "Exchange",
                List.of(
                    Category.measured("EDHOC method 3, kid"),
                    Category.measured("EDHOC method 0, x5t"),
                    new Category("DTLS 1.3, RPK + ECDHE", Origin.PUBLISHED)),
                List.of(series("uplink", 4.113, 7.56, 21.3), series("downlink", 2.4, 6.0, 22.1)),
                Optional.of(new Band("4 to 6 s of uplink are asked", 4, 6)))),
        List.of());
  }

  private static Section frames() {
    List<Category> hops = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      hops.add(Category.measured(Integer.toString(i)));
    }
    return new Section(
        "frames",
        "Frames on 6TiSCH",
        List.of(),
        List.of(
            new Chart(
                "frames",
                "Frames by hops",
                Chart.Kind.LINES,
                Axis.linear("frames of one hop", 0),
                "Hops",
                hops,
                List.of(
                    series("EDHOC method 3, kid", 3, 3, 3, 3, 3, 3, 4, 4),
                    series("EDHOC method 0, x5t", 5, 5, 6, 6, 6, 6, 7, 7),
                    new Series(
                        "DTLS 1.3, RPK", Origin.PUBLISHED, values(15, 16, 18, 19, 21, 21, 22, 23))),
                Optional.empty())),
        List.of());
  }

  private static Section formation() {
    List<Category> nodes =
        List.of("5", "10", "50", "100", "500", "1000").stream().map(Category::measured).toList();
    return new Section(
        "formation",
        "Forming a 6TiSCH network",
        List.of(),
        List.of(
            new Chart(
                "formation",
                "Formation time by nodes",
                Chart.Kind.LINES,
                new Axis("seconds until the last node has joined", 0, true),
                "Nodes",
                nodes,
                List.of(
                    series("join request alone", 30, 61, 270, 560, 2900, 6100),
                    series("EDHOC method 3, kid", 61, 120, 540, 1120, 5800, 12200),
                    new Series(
                        "DTLS 1.3, RPK",
                        Origin.PUBLISHED,
                        values(300, 610, 2700, 5600, 29000, 61000))),
                Optional.empty())),
        List.of(
            new Table(
                "Formation",
                List.of("Protocol", "Nodes", "Seconds"),
                List.of(List.of("EDHOC", "10", "120")))));
  }

  private static Section energy() {
    return new Section(
        "energy",
        "Energy on NB-IoT",
        List.of(),
        List.of(
            energy("energy-good", "Good coverage (144 dB)", 8.1, 12.4, 62.0, 11.232),
            energy("energy-bad", "Bad coverage (164 dB)", 617, 940, 4800, 305.952)),
        List.of());
  }

  private static Chart energy(
      String id, String title, double one, double two, double three, double attach) {
    return new Chart(
        id,
        title,
        Chart.Kind.STACKED_BARS,
        Axis.linear("millijoule", 1),
        "Exchange",
        List.of(
            Category.measured("EDHOC method 3, kid"),
            Category.measured("EDHOC method 0, x5t"),
            new Category("DTLS 1.3, RPK + ECDHE", Origin.PUBLISHED)),
        List.of(series("handshake", one, two, three), series("attach", attach, attach, attach)),
        Optional.empty());
  }

  private static Series series(String name, double... values) {
    return Series.measured(name, values(values));
  }

  private static List<OptionalDouble> values(double... values) {
    List<OptionalDouble> list = new ArrayList<>();
    for (double one : values) {
      list.add(OptionalDouble.of(one));
    }
    return list;
  }

  /** An EDHOC exchange of four messages, short path, begun by the device. */
  static RecordedExchange edhoc(int method, CredentialForm form, Flow flow, int... sizes) {
    EdhocShape shape =
        new EdhocShape(
            method, form, form, 2, EdhocShape.PathForm.SHORT, flow, EdhocShape.Begins.DEVICE);
    boolean combined = flow == Flow.COMBINED;
    return new RecordedExchange(
        shape.id(),
        "EDHOC method " + method + ", " + form + ", " + flow,
        Protocol.EDHOC,
        Origin.MEASURED,
        "this run",
        Optional.of(shape),
        List.of(
            message("message_1", Direction.UPLINK, Part.HANDSHAKE, sizes[0], 12),
            message("message_2", Direction.DOWNLINK, Part.HANDSHAKE, sizes[1], 5),
            message(
                combined ? "message_3 and request" : "message_3",
                Direction.UPLINK,
                combined ? Part.COMBINED : Part.HANDSHAKE,
                sizes[2],
                combined ? 30 : 12),
            message("response", Direction.DOWNLINK, Part.DATA, 0, 20)));
  }

  /** A published exchange of three flights. */
  static RecordedExchange published() {
    return new RecordedExchange(
        "dtls13-rpk",
        "DTLS 1.3, RPK + ECDHE",
        Protocol.DTLS_1_3,
        Origin.PUBLISHED,
        "a document",
        Optional.empty(),
        List.of(
            message("flight 1", Direction.UPLINK, Part.HANDSHAKE, 185, 0),
            message("flight 2", Direction.DOWNLINK, Part.HANDSHAKE, 454, 0),
            message("flight 3", Direction.UPLINK, Part.HANDSHAKE, 255, 0)));
  }

  private static ExchangeMessage message(
      String name, Direction direction, Part part, int octets, int around) {
    return new ExchangeMessage(
        name,
        direction,
        part,
        octets,
        octets == 0 ? 0 : octets + 1,
        octets + around,
        Optional.empty());
  }
}
