package dev.moat.cost.measure;

import static dev.moat.cost.exchange.CredentialForm.KCCS;
import static dev.moat.cost.exchange.CredentialForm.KID;
import static dev.moat.cost.exchange.CredentialForm.PSK;
import static dev.moat.cost.exchange.CredentialForm.X5CHAIN;
import static dev.moat.cost.exchange.CredentialForm.X5T;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.cost.exchange.CredentialForm;
import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.EdhocShape.Begins;
import dev.moat.cost.exchange.EdhocShape.Flow;
import dev.moat.cost.exchange.EdhocShape.PathForm;
import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Layer;
import dev.moat.cost.exchange.Origin;
import dev.moat.cost.exchange.Part;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.radio.Direction;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exchanges over the real stack have the sizes that the literature has. */
@Timeout(60)
class EdhocBenchTest {
  private final EdhocBench bench = new EdhocBench();

  private static EdhocShape shape(
      int method, CredentialForm both, int suite, Flow flow, Begins begins) {
    return new EdhocShape(method, both, both, suite, PathForm.SHORT, flow, begins);
  }

  private static List<Integer> octets(RecordedExchange exchange, Layer layer) {
    return exchange.messages().stream()
        .filter(message -> message.messageOctets() > 0)
        .map(message -> message.octets(layer))
        .toList();
  }

  private static List<String> names(RecordedExchange exchange) {
    return exchange.messages().stream().map(ExchangeMessage::name).toList();
  }

  private static List<Direction> directions(RecordedExchange exchange) {
    return exchange.messages().stream().map(ExchangeMessage::direction).toList();
  }

  @ParameterizedTest(name = "method {0}, {1}/{2}, suite {3}: {4}")
  @CsvSource({
    "3, KID, KID, 2, 37/45/19",
    "3, KID, KID, 3, 37/53/36",
    "3, KCCS, KCCS, 2, 37/90/65",
    "3, KCCS, KID, 2, 37/45/65",
    "3, KID, KCCS, 2, 37/90/19",
    "3, KCCS_LONG, KCCS_LONG, 2, 37/141/128",
    "3, KCCS_LONG, KCCS_LONG, 3, 37/149/144",
    "0, KID, KID, 2, 37/102/77",
    "0, KID, KID, 3, 37/102/85",
    "1, KID, KID, 2, 37/45/77",
    "2, KID, KID, 2, 37/102/19",
    "3, X5T, X5T, 2, 37/58/33",
    "3, X5T, X5T, 3, 37/66/49",
    "3, KID, X5T, 2, 37/58/19",
    "3, X5T, KID, 2, 37/45/33",
    "0, X5T, X5T, 2, 37/115/90",
    "0, X5T, X5T, 3, 37/115/98",
    "0, X5T, X5T, 0, 37/115/90",
    "1, X5T, KID, 2, 37/45/90",
    "2, KID, X5T, 2, 37/115/19",
    "0, KCCS, KCCS, 0, 37/147/122",
    "3, KCCS, KCCS, 0, 37/90/65",
    "3, KID, KID, 0, 37/45/19",
    "3, KID, KID, 1, 37/53/36",
    "3, KID, KID, 4, 37/53/36",
    "3, KID, KID, 5, 37/53/36",
    "3, KID, KID, 6, 37/53/36",
    "0, X5T, X5T, 6, 37/115/98",
    "4, PSK, PSK, 2, 37/35/13"
  })
  @Tag("LK-101")
  @Tag("LK-102")
  @Tag("LK-126")
  @Tag("LK-127")
  void sendsMessagesOfTheLengthsOfTheReference(
      int method, CredentialForm initiator, CredentialForm responder, int suite, String lengths) {
    EdhocShape shape =
        new EdhocShape(
            method, initiator, responder, suite, PathForm.SHORT, Flow.SEQUENTIAL, Begins.DEVICE);
    assertThat(octets(bench.run(shape), Layer.MESSAGE))
        .map(octets -> Integer.toString(octets))
        .containsExactly(lengths.split("/"));
  }

  @Test
  @Tag("LK-112")
  @Tag("LK-115")
  void putsOneOctetBeforeWhatTheClientSends() {
    RecordedExchange exchange = bench.run(shape(3, KID, 2, Flow.SEQUENTIAL, Begins.DEVICE));
    assertThat(octets(exchange, Layer.PAYLOAD)).containsExactly(38, 45, 20);
    assertThat(exchange.origin()).isEqualTo(Origin.MEASURED);
    assertThat(exchange.messages())
        .allSatisfy(
            message ->
                assertThat(message.datagram().orElseThrow().length())
                    .isEqualTo(message.datagramOctets()));
  }

  private static List<Integer> datagrams(RecordedExchange exchange) {
    return exchange.messages().stream().map(ExchangeMessage::datagramOctets).toList();
  }

  /** Header, Uri-Path, marker and prefix: 12, 5 and 12 octets around 37, 45 and 19. */
  @Test
  @Tag("LK-101")
  @Tag("LK-112")
  void addsNoMoreOnTheShortPathThanTheReference() {
    RecordedExchange exchange = bench.run(shape(3, KID, 2, Flow.SEQUENTIAL, Begins.DEVICE));
    assertThat(datagrams(exchange)).startsWith(37 + 12, 45 + 5, 19 + 12, 4);
  }

  /** Two Uri-Paths (18), Content-Format (2) and a token of 5, four of them at random. */
  @Test
  @Tag("LK-112")
  void addsWhatTheDefaultsCost() {
    EdhocShape defaults =
        new EdhocShape(3, KID, KID, 2, PathForm.DEFAULT, Flow.SEQUENTIAL, Begins.DEVICE);
    assertThat(datagrams(bench.run(defaults)))
        .startsWith(37 + 26 + 5, 45 + 7 + 5, 19 + 26 + 5, 4 + 5);
  }

  /** RFC 9668, Figure 4: there with a token of 4 octets. */
  @Test
  @Tag("LK-112")
  @Tag("LK-114")
  void combinesInAsManyOctetsAsTheExampleOfRfc9668() {
    RecordedExchange exchange = bench.run(shape(3, KID, 2, Flow.COMBINED, Begins.DEVICE));
    assertThat(datagrams(exchange).get(2)).isEqualTo(46 - 4);
  }

  @Test
  @Tag("LK-121")
  @Tag("LK-122")
  void namesWhatGoesByInTheSequentialFlow() {
    RecordedExchange exchange = bench.run(shape(3, KID, 2, Flow.SEQUENTIAL, Begins.DEVICE));
    assertThat(names(exchange))
        .containsExactly(
            "message_1",
            "message_2",
            "message_3",
            "response to message_3",
            "protected request",
            "protected response");
    assertThat(directions(exchange))
        .containsExactly(
            Direction.UPLINK,
            Direction.DOWNLINK,
            Direction.UPLINK,
            Direction.DOWNLINK,
            Direction.UPLINK,
            Direction.DOWNLINK);
    assertThat(octets(exchange, Layer.MESSAGE)).hasSize(3);
  }

  @Test
  @Tag("LK-123")
  void sendsTheFirstRequestBeforeAnyAnswerToMessage3() {
    RecordedExchange exchange = bench.run(shape(3, KID, 2, Flow.COMBINED, Begins.DEVICE));
    assertThat(names(exchange))
        .containsExactly("message_1", "message_2", "message_3 with request", "protected response");
    ExchangeMessage combined = exchange.messages().get(2);
    assertThat(combined.part()).isEqualTo(Part.COMBINED);
    assertThat(combined.messageOctets()).isEqualTo(19);
    // message_3 and a ciphertext: code, three letters of a path with their header, tag.
    assertThat(combined.payloadOctets()).isEqualTo(19 + 1 + 4 + 8);
  }

  @Test
  @Tag("LK-120")
  void costsTheSameMessagesWhoeverBegins() {
    RecordedExchange forward = bench.run(shape(3, KID, 2, Flow.SEQUENTIAL, Begins.DEVICE));
    RecordedExchange reverse = bench.run(shape(3, KID, 2, Flow.SEQUENTIAL, Begins.NETWORK));
    assertThat(octets(reverse, Layer.MESSAGE)).isEqualTo(octets(forward, Layer.MESSAGE));
    // The device is the CoAP client in both: the prefix goes with what it sends.
    assertThat(octets(reverse, Layer.PAYLOAD)).containsExactly(37, 46, 19);
    assertThat(names(reverse)).startsWith("trigger", "message_1", "message_2", "message_3");
    assertThat(directions(reverse))
        .startsWith(Direction.UPLINK, Direction.DOWNLINK, Direction.UPLINK, Direction.DOWNLINK);
    assertThat(reverse.messages().get(0).part()).isEqualTo(Part.DATA);
  }

  @Test
  @Tag("LK-120")
  void sendsMessage1DownWhereTheNetworkCombines() {
    RecordedExchange exchange = bench.run(shape(3, KID, 2, Flow.COMBINED, Begins.NETWORK));
    assertThat(octets(exchange, Layer.MESSAGE)).containsExactly(37, 45, 19);
    assertThat(directions(exchange))
        .containsExactly(
            Direction.DOWNLINK, Direction.UPLINK, Direction.DOWNLINK, Direction.UPLINK);
  }

  @Test
  void asksAnAddressForAProofOnlyWhereALongAnswerWaits() {
    EdhocBench proving = bench.provingAddresses();
    EdhocShape reference = shape(3, KID, 2, Flow.COMBINED, Begins.DEVICE);
    assertThat(datagrams(proving.run(reference))).isEqualTo(datagrams(bench.run(reference)));
    assertThat(names(proving.run(shape(3, X5T, 2, Flow.COMBINED, Begins.DEVICE)))).hasSize(4);
    EdhocShape certificates = shape(0, X5CHAIN, 2, Flow.COMBINED, Begins.DEVICE);
    assertThat(names(bench.run(certificates))).hasSize(4);
    assertThat(names(proving.run(certificates)))
        .containsExactly(
            "message_1",
            "challenge",
            "message_1",
            "message_2",
            "message_3 with request",
            "protected response");
  }

  @Test
  void takesCredentialsOfTheCallers() {
    CredentialsOfOthers others = CredentialsOfOthers.fresh();
    EdhocShape shape =
        new EdhocShape(
            3,
            CredentialForm.OWN,
            CredentialForm.OWN,
            2,
            PathForm.SHORT,
            Flow.COMBINED,
            Begins.DEVICE);
    RecordedExchange exchange = bench.run(shape, others.initiator(), others.responder());
    // A kid of 8 octets in place of one, and its length before it.
    assertThat(octets(exchange, Layer.MESSAGE)).containsExactly(37, 45 + 8, 19 + 9);
  }

  @Test
  void refusesShapesThatThereAreNot() {
    assertThatThrownBy(() -> bench.run(shape(3, PSK, 2, Flow.COMBINED, Begins.DEVICE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("method 4");
    assertThatThrownBy(() -> bench.run(shape(4, KCCS, 2, Flow.COMBINED, Begins.DEVICE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("method 4");
    assertThatThrownBy(() -> bench.run(shape(9, KID, 2, Flow.COMBINED, Begins.DEVICE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no method 9");
    assertThatThrownBy(() -> bench.run(shape(3, KID, 99, Flow.COMBINED, Begins.DEVICE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no suite 99");
  }

  @Test
  void refusesKeysThatAreNotForTheShape() {
    CredentialsOfOthers others = CredentialsOfOthers.fresh();
    EdhocShape signing = shape(0, CredentialForm.OWN, 2, Flow.COMBINED, Begins.DEVICE);
    assertThatThrownBy(() -> bench.run(signing, others.initiator(), others.responder()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("method 0 with suite 2")
        .hasMessageContaining("initiator");
    EdhocShape otherCurve = shape(3, CredentialForm.OWN, 0, Flow.COMBINED, Begins.DEVICE);
    assertThatThrownBy(() -> bench.run(otherCurve, others.initiator(), others.responder()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("P_256");
    assertThatThrownBy(
            () -> bench.run(shape(3, CredentialForm.OWN, 2, Flow.COMBINED, Begins.DEVICE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("own");
  }
}
