package dev.moat.cost.report.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.cost.device.DeviceFigures;
import dev.moat.cost.exchange.CredentialForm;
import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.EdhocShape.PathForm;
import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Layer;
import dev.moat.cost.exchange.Origin;
import dev.moat.cost.exchange.Part;
import dev.moat.cost.exchange.Protocol;
import dev.moat.cost.exchange.RecordOverhead;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.cost.report.page.Category;
import dev.moat.cost.report.page.Chart;
import dev.moat.cost.report.page.Page;
import dev.moat.cost.report.page.Section;
import dev.moat.cost.report.page.Series;
import dev.moat.cost.report.page.SourceRow;
import dev.moat.cost.report.page.VerdictRow;
import dev.moat.cost.study.CostedExchange;
import dev.moat.cost.study.Formation;
import dev.moat.cost.study.JoinProtocols;
import dev.moat.cost.study.RadioSettings;
import dev.moat.cost.study.Repeats;
import dev.moat.cost.study.Study;
import dev.moat.cost.study.WhatIfMaker;
import dev.moat.cost.verdict.Case;
import dev.moat.cost.verdict.Requirement;
import dev.moat.cost.verdict.Verdict;
import dev.moat.radio.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("LK-100")
@Tag("LK-124")
class PageMakerTest {
  private static final DeviceFigures DEVICE = DeviceFigures.measure(Duration.ofMillis(50));

  private static final RecordedExchange SMALLEST = edhoc(PathForm.SHORT);
  private static final RecordedExchange LONG_PATH = edhoc(PathForm.DEFAULT);
  private static final RecordedExchange PUBLISHED = flights(3);
  private static final RecordedExchange MANY = flights(12);

  @Test
  void stacksTheMessagesOfEveryHandshake() {
    Chart chart = chart(page(SMALLEST, PUBLISHED), "sizes-message");

    assertThat(chart.categories())
        .containsExactly(
            Category.measured("EDHOC method 3, kid"),
            new Category("DTLS 1.3 with 3 flights", Origin.PUBLISHED));
    assertThat(chart.series()).extracting(Series::name).startsWith("message 1", "message 2");
    assertThat(chart.series().get(0).values()).containsExactly(of(37), of(100));
    assertThat(chart.series().get(2).values()).containsExactly(of(19), of(102));
  }

  @Test
  void joinsTheLastMessagesOfALongHandshake() {
    Chart chart = chart(page(MANY, PUBLISHED), "sizes-message");

    assertThat(chart.series()).hasSize(10);
    assertThat(chart.series().get(9).name()).isEqualTo("message 10 and later");
    assertThat(chart.series().get(9).values())
        .containsExactly(of(109 + 110 + 111), OptionalDouble.empty());
  }

  @Test
  void leavesVariantsOfAnExchangeToThePanel() {
    Page page = page(SMALLEST, LONG_PATH);

    assertThat(chart(page, "air").categories()).hasSize(1);
    assertThat(page.sources()).hasSize(2);
  }

  @Test
  void showsVariantsWhereThereIsNothingElse() {
    assertThat(chart(page(LONG_PATH), "air").categories())
        .containsExactly(Category.measured("EDHOC DEFAULT"));
  }

  @Test
  void anExchangeWithoutHandshakeIsASourceAndNoRow() {
    RecordedExchange data =
        new RecordedExchange(
            "oscore",
            "OSCORE",
            Protocol.OSCORE,
            Origin.MEASURED,
            "a test",
            Optional.empty(),
            List.of(message(0, Part.DATA, 30)));
    Page page = page(SMALLEST, data);

    assertThat(chart(page, "air").categories()).hasSize(1);
    assertThat(page.whatIf().runs()).hasSize(1);
    assertThat(page.sources()).extracting(SourceRow::title).contains("OSCORE").hasSize(2);
  }

  @Test
  void holdsTheUplinkAgainstFourToSixSeconds() {
    CostedExchange costed = CostedExchange.of(SMALLEST, RadioSettings.benchmark());
    Chart chart = chart(page(SMALLEST), "air");

    assertThat(chart.series().get(0).values())
        .containsExactly(
            OptionalDouble.of(
                costed.handshake(Layer.DATAGRAM).lorawan().airMicros(Direction.UPLINK) / 1e6));
    assertThat(chart.band()).hasValueSatisfying(band -> assertThat(band.from()).isEqualTo(4));
    assertThat(chart.band()).hasValueSatisfying(band -> assertThat(band.to()).isEqualTo(6));
  }

  @Test
  void countsFramesForEveryNumberOfHops() {
    Chart chart = chart(page(SMALLEST, PUBLISHED), "frames");

    assertThat(chart.categories()).hasSize(10);
    assertThat(chart.series().get(0).values().get(4))
        .isEqualTo(
            of(
                CostedExchange.of(SMALLEST, RadioSettings.benchmark())
                    .handshake(Layer.PAYLOAD)
                    .sixtisch()
                    .frames()));
    assertThat(chart.series().get(1).origin()).isEqualTo(Origin.PUBLISHED);
  }

  @Test
  void showsAttachingApart() {
    Chart chart = chart(page(SMALLEST), "energy-good");

    assertThat(chart.series())
        .extracting(Series::name)
        .containsExactly("to send", "to listen", "to attach, apart");
    assertThat(chart.series().get(2).values()).containsExactly(OptionalDouble.of(11.232));
  }

  @Test
  void aNetworkThatDidNotFormHasNoPoint() {
    Chart chart = chart(page(SMALLEST), "formation");

    assertThat(chart.categories()).extracting(Category::label).containsExactly("10", "100");
    assertThat(chart.series().get(0).values()).containsExactly(OptionalDouble.of(61.5), of(600));
    assertThat(chart.series().get(1).values())
        .containsExactly(OptionalDouble.of(300), OptionalDouble.empty());
    assertThat(chart.series().get(1).origin()).isEqualTo(Origin.PUBLISHED);
  }

  @Test
  void showsWhatProtectionAdds() {
    Chart chart = chart(page(SMALLEST), "records");

    assertThat(chart.categories()).containsExactly(Category.measured("OSCORE, empty id, tag of 8"));
    assertThat(chart.series().get(0).values()).containsExactly(of(13));
    assertThat(chart.series().get(1).values()).containsExactly(of(11));
  }

  @Test
  void tellsTheOperationsOfEachRole() {
    DeviceFigures measured =
        new DeviceFigures(List.of(DEVICE.method(3)), DEVICE.code(), List.of(), "a test");

    List<List<String>> rows = DeviceSection.of(measured).tables().get(0).rows();

    // Method 3: an ephemeral key and three agreements a side, and no signature.
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).subList(0, 5))
        .containsExactly("method 3, initiator", "1", "3", "0", "0");
  }

  @Test
  void leavesOutSectionsThatThereIsNothingFor() {
    Study study =
        new Study(
            RadioSettings.benchmark(),
            List.of(CostedExchange.of(SMALLEST, RadioSettings.benchmark())),
            List.of(),
            DEVICE,
            List.of(),
            new Repeats(List.of(), new Repeats.Reboot(1, 1)));

    assertThat(
            PageMaker.make(study, List.of(), WhatIfMaker.make(List.of()), "moat cost").sections())
        .extracting(Section::id)
        .doesNotContain("formation", "records");
  }

  @Test
  void saysEveryVerdictWithItsFigures() {
    Case met = new Case("packets", "3 packets", "at most 3", true, "");
    Case missed = new Case("packets", "6 packets", "at most 5", false, "1 packets too many");
    List<Verdict> verdicts =
        List.of(
            new Verdict.Met(Requirement.LK_126, "three", List.of(met)),
            new Verdict.Missed(
                Requirement.LK_127, "six", "one packet", List.of("static DH"), List.of(missed)),
            new Verdict.Reported(
                Requirement.LK_107, "a size", List.of(new Case("size", "1", "", true, ""))));

    List<VerdictRow> rows = VerdictRows.of(verdicts);

    assertThat(rows)
        .extracting(VerdictRow::status)
        .containsExactly(
            VerdictRow.Status.MET, VerdictRow.Status.MISSED, VerdictRow.Status.REPORTED);
    assertThat(rows.get(0).id()).isEqualTo("LK-126");
    assertThat(rows.get(0).asked()).startsWith("must (section 2.11.4): ");
    assertThat(rows.get(1).byHowMuch()).isEqualTo("one packet");
    assertThat(rows.get(1).help()).containsExactly("static DH");
    assertThat(rows.get(1).cases().rows())
        .containsExactly(
            List.of("packets", "6 packets", "at most 5", "missed: 1 packets too many"));
    assertThat(rows.get(2).cases().rows()).containsExactly(List.of("size", "1", "", "–"));
  }

  private static Page page(RecordedExchange... exchanges) {
    Study study =
        new Study(
            RadioSettings.benchmark(),
            List.of(exchanges).stream()
                .map(one -> CostedExchange.of(one, RadioSettings.benchmark()))
                .toList(),
            List.of(
                new RecordOverhead(
                    Protocol.OSCORE, "empty id", 20, 10, Origin.MEASURED, 13, 11, 8, "a test")),
            DEVICE,
            List.of(
                new Formation(JoinProtocols.EDHOC, 10, 4, 30, 61.5, true),
                new Formation(JoinProtocols.EDHOC, 100, 4, 300, 600, true),
                new Formation(JoinProtocols.DTLS_RPK, 10, 22, 200, 300, true),
                new Formation(JoinProtocols.DTLS_RPK, 100, 22, 900, 3600, false)),
            new Repeats(
                List.of(new Repeats.Parallel(10, 50, 140, 142)), new Repeats.Reboot(140, 140)));
    return PageMaker.make(
        study, List.of(), WhatIfMaker.make(List.of(exchanges)), "moat cost --html report.html");
  }

  private static Chart chart(Page page, String id) {
    return page.sections().stream()
        .flatMap(section -> section.charts().stream())
        .filter(chart -> chart.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static OptionalDouble of(int value) {
    return OptionalDouble.of(value);
  }

  private static RecordedExchange edhoc(PathForm path) {
    EdhocShape shape =
        new EdhocShape(
            3,
            CredentialForm.KID,
            CredentialForm.KID,
            2,
            path,
            EdhocShape.Flow.COMBINED,
            EdhocShape.Begins.DEVICE);
    return new RecordedExchange(
        shape.id(),
        "EDHOC " + path,
        Protocol.EDHOC,
        Origin.MEASURED,
        "a test",
        Optional.of(shape),
        List.of(
            message(0, Part.HANDSHAKE, 37),
            message(1, Part.HANDSHAKE, 45),
            message(2, Part.COMBINED, 19)));
  }

  private static RecordedExchange flights(int count) {
    List<ExchangeMessage> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(message(i, Part.HANDSHAKE, 100 + i));
    }
    return new RecordedExchange(
        "dtls-" + count,
        "DTLS 1.3 with " + count + " flights",
        Protocol.DTLS_1_3,
        Origin.PUBLISHED,
        "a document",
        Optional.empty(),
        messages);
  }

  private static ExchangeMessage message(int index, Part part, int octets) {
    return new ExchangeMessage(
        "message " + (index + 1),
        index % 2 == 0 ? Direction.UPLINK : Direction.DOWNLINK,
        part,
        octets,
        octets,
        octets,
        Optional.empty());
  }
}
