package dev.moat.cost.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.cost.exchange.CredentialForm;
import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Layer;
import dev.moat.cost.exchange.Origin;
import dev.moat.cost.exchange.Part;
import dev.moat.cost.exchange.Protocol;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.cost.study.WhatIf.Costs;
import dev.moat.cost.study.WhatIf.Outcome;
import dev.moat.cost.study.WhatIf.Span;
import dev.moat.radio.Direction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("LK-100")
class WhatIfMakerTest {
  private static final RecordedExchange SMALLEST =
      exchange(CredentialForm.KID, CredentialForm.KID, 37, 45, 19);

  @Test
  void givesTheTimesOnAirOfTheReferenceFile() {
    // 13 + 37 and 13 + 19 octets at SF12: 2301.952 and 1810.432 ms with a CRC.
    Costs costs = costs(SMALLEST, Layer.MESSAGE, Span.HANDSHAKE);

    assertThat(costs.lorawan().get(0).messageMicros().get(0)).isEqualTo(2_301_952);
    assertThat(costs.lorawan().get(0).messageMicros().get(2)).isEqualTo(1_810_432);
    assertThat(costs.lorawan().get(0).uplinkMicros()).isEqualTo(4_112_384);
    assertThat(costs.lorawan().get(0).offMicros()).isEqualTo(4_112_384 * 99L);
  }

  @Test
  void holdsKeysByReferenceAgainstThreeFragmentsAndOthersAgainstFive() {
    RecordedExchange large = exchange(CredentialForm.X5T, CredentialForm.X5T, 37, 115, 90);

    assertThat(costs(SMALLEST, Layer.MESSAGE, Span.HANDSHAKE).lorawan().get(0).packetsJudged())
        .contains(new WhatIf.Judged(Outcome.MET, "at most 3 for raw or shared keys by reference"));
    assertThat(costs(large, Layer.MESSAGE, Span.HANDSHAKE).lorawan().get(0).packetsJudged())
        .contains(new WhatIf.Judged(Outcome.MISSED, "at most 5 for other credentials: 1 too many"));
  }

  @Test
  void holdsTheUplinkAgainstFourToSixSeconds() {
    assertThat(uplink(37, 19)).isEqualTo("MET within 4 to 6 s");
    assertThat(uplink(37, 9)).startsWith("MET ").endsWith(" under the band");
    assertThat(uplink(51, 100)).startsWith("MISSED ").endsWith(" above 6 s");
  }

  @Test
  void judgesAHandshakeOnly() {
    Costs costs = costs(SMALLEST, Layer.DATAGRAM, Span.UNTIL_RESPONSE);

    assertThat(costs.exchange().messages()).hasSize(4);
    assertThat(costs.lorawan().get(0).packetsJudged()).isEmpty();
    assertThat(costs.sixtisch().get(0).framesJudged()).isEmpty();
  }

  @Test
  void countsFramesOfPayloadsWhateverElseIsCounted() {
    for (int hops = 0; hops < WhatIfMaker.choices().hops().size(); hops++) {
      assertThat(costs(SMALLEST, Layer.MESSAGE, Span.HANDSHAKE).sixtisch().get(hops))
          .isEqualTo(costs(SMALLEST, Layer.DATAGRAM, Span.HANDSHAKE).sixtisch().get(hops));
    }
  }

  @Test
  void hasNoDataOfTheMessageAlone() {
    assertThatThrownBy(() -> costs(SMALLEST, Layer.MESSAGE, Span.UNTIL_RESPONSE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was not costed at MESSAGE for UNTIL_RESPONSE");
  }

  @Test
  void hasNoDataOfAnExchangeThatWasRecordedWithoutAny() {
    RecordedExchange bare =
        new RecordedExchange(
            "bare",
            "bare",
            Protocol.DTLS_1_3,
            Origin.PUBLISHED,
            "a document",
            Optional.empty(),
            List.of(message("flight 1", Direction.UPLINK, Part.HANDSHAKE, 100, 0)));

    assertThat(WhatIfMaker.make(List.of(bare)).runs().get(0).costs().keySet())
        .allMatch(counted -> counted.span() == Span.HANDSHAKE);
  }

  @Test
  void aBatteryLastsLongerWhereKeysAreRenewedLessOften() {
    WhatIf.Nb good = costs(SMALLEST, Layer.DATAGRAM, Span.HANDSHAKE).nbiot().get(0);

    for (List<Double> years : good.years()) {
      assertThat(years).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void refusesARunThatLacksTheCostsOfAChoice() {
    Costs none = new Costs(SMALLEST.all(Layer.DATAGRAM), List.of(), List.of(), List.of());
    WhatIf.Run run =
        new WhatIf.Run(SMALLEST, Map.of(new WhatIf.Counted(Layer.DATAGRAM, Span.HANDSHAKE), none));

    assertThatThrownBy(() -> new WhatIf(WhatIfMaker.choices(), List.of(), List.of(run)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has costs for 0 data rates");
  }

  private static String uplink(int first, int third) {
    return costs(
            exchange(CredentialForm.KID, CredentialForm.KID, first, 45, third),
            Layer.MESSAGE,
            Span.HANDSHAKE)
        .lorawan()
        .get(0)
        .uplinkJudged()
        .map(one -> one.outcome() + " " + one.words())
        .orElseThrow();
  }

  private static Costs costs(RecordedExchange exchange, Layer layer, Span span) {
    return WhatIfMaker.make(List.of(exchange)).runs().get(0).costs(layer, span);
  }

  private static RecordedExchange exchange(
      CredentialForm initiator, CredentialForm responder, int first, int second, int third) {
    EdhocShape shape =
        new EdhocShape(
            3,
            initiator,
            responder,
            2,
            EdhocShape.PathForm.SHORT,
            EdhocShape.Flow.COMBINED,
            EdhocShape.Begins.DEVICE);
    return new RecordedExchange(
        shape.id(),
        "EDHOC",
        Protocol.EDHOC,
        Origin.MEASURED,
        "this test",
        Optional.of(shape),
        List.of(
            message("message_1", Direction.UPLINK, Part.HANDSHAKE, first, 12),
            message("message_2", Direction.DOWNLINK, Part.HANDSHAKE, second, 5),
            message("message_3 and request", Direction.UPLINK, Part.COMBINED, third, 25),
            message("response", Direction.DOWNLINK, Part.DATA, 0, 20)));
  }

  private static ExchangeMessage message(
      String name, Direction direction, Part part, int octets, int around) {
    return new ExchangeMessage(
        name,
        direction,
        part,
        octets,
        octets + Math.min(around, 1),
        octets + around,
        Optional.empty());
  }
}
