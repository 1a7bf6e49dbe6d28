package dev.moat.cost.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Origin;
import dev.moat.cost.exchange.Part;
import dev.moat.cost.exchange.Protocol;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.cost.study.CostedExchange;
import dev.moat.cost.study.RadioSettings;
import dev.moat.radio.Direction;
import dev.moat.radio.device.Cell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SheetsTest {
  private static final RadioSettings SETTINGS = RadioSettings.benchmark();
  private static final Sheet SMALL =
      new Sheet(
          "small",
          "A small table",
          List.of(
              Column.words("who", "who"),
              Column.number("octets", "octets"),
              Column.truth("met", "met")),
          List.of(List.of("a, b", "7", "yes"), List.of("say \"c\"", "1234567", "no")),
          List.of("A note."));

  @Test
  void textAlignsColumnsAndPutsNumbersToTheRight() {
    assertThat(TextReport.lines(SMALL))
        .containsExactly(
            "A small table",
            "who       octets  met",
            "-------  -------  ---",
            "a, b           7  yes",
            "say \"c\"  1234567  no",
            "A note.");
  }

  @Test
  void jsonHasNumbersAndTruthsAndLeavesOutWhatIsNotThere() {
    Sheet sparse =
        new Sheet(
            "sparse",
            "Sparse",
            List.of(Column.words("who", "who"), Column.number("octets", "octets")),
            List.of(List.of("a", "")),
            List.of());
    assertThat(JsonReport.of(List.of(SMALL, sparse)))
        .hasToString(
            "{\"small\":[{\"who\":\"a, b\",\"octets\":7,\"met\":true},"
                + "{\"who\":\"say \\\"c\\\"\",\"octets\":1234567,\"met\":false}],"
                + "\"sparse\":[{\"who\":\"a\"}]}");
  }

  @Test
  void csvQuotesWhatWouldTearALine() {
    assertThat(CsvReport.lines(List.of(SMALL, SMALL)))
        .startsWith(
            "table,who,octets,met",
            "small,\"a, b\",7,yes",
            "small,\"say \"\"c\"\"\",1234567,no",
            "",
            "table,who,octets,met")
        .hasSize(7);
  }

  @Test
  void everyRowHasACellForEachColumn() {
    List<List<String>> rows = List.of(List.of("one", "two"));
    List<Column> columns = List.of(Column.words("a", "a"));
    assertThatThrownBy(() -> new Sheet("s", "S", columns, rows, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("s has 1 columns, and a row 2");
  }

  @Test
  void messagesAreCostedOneByOne() {
    Sheet sheet = MessageSheet.of(List.of(costed(2)), SETTINGS);
    assertThat(sheet.rows())
        .containsExactly(
            List.of(
                "x",
                "m0",
                "up",
                "handshake",
                "37",
                "38",
                "49",
                "1",
                "2.793",
                "1",
                "7.000",
                "529.730"),
            List.of("x", "m1", "down", "data", "0", "0", "12", "1", "1.483", "", "0.045", "3.072"));
    assertThat(sheet.notes()).hasSize(1);
  }

  @Test
  void aLongExchangeIsCutAndSaysSo() {
    Sheet sheet = MessageSheet.of(List.of(costed(MessageSheet.MAX_MESSAGES + 3)), SETTINGS);
    assertThat(sheet.rows()).hasSize(MessageSheet.MAX_MESSAGES);
    assertThat(sheet.notes()).last().isEqualTo("x: 3 more messages, not shown");
  }

  @Test
  void aCellIsAskedForHandshakesOnly() {
    Duration week = Duration.ofDays(7);
    Sheet sheet = BatterySheet.of(List.of(costed(2)), Cell.CR2032, week);
    assertThat(sheet.title())
        .isEqualTo("Years of a CR2032 on NB-IoT with a handshake every 7 days");
    assertThat(sheet.rows()).hasSize(2);
    assertThat(BatterySheet.of(List.of(costed(0)), Cell.CR2032, week).rows()).isEmpty();
  }

  /** The first message is the handshake. */
  private static CostedExchange costed(int count) {
    List<ExchangeMessage> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean first = i == 0;
      messages.add(
          new ExchangeMessage(
              "m" + i,
              i % 2 == 0 ? Direction.UPLINK : Direction.DOWNLINK,
              first ? Part.HANDSHAKE : Part.DATA,
              first ? 37 : 0,
              first ? 38 : 0,
              first ? 49 : 12,
              Optional.empty()));
    }
    RecordedExchange exchange =
        new RecordedExchange(
            "x", "X", Protocol.EDHOC, Origin.CAPTURED, "a test", Optional.empty(), messages);
    return CostedExchange.of(exchange, SETTINGS);
  }
}
