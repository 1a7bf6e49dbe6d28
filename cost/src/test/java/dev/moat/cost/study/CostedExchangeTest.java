package dev.moat.cost.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Layer;
import dev.moat.cost.exchange.Origin;
import dev.moat.cost.exchange.Part;
import dev.moat.cost.exchange.Protocol;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.radio.Direction;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CostedExchangeTest {
  private static ExchangeMessage message(
      String name, Direction direction, Part part, int message, int payload, int datagram) {
    return new ExchangeMessage(name, direction, part, message, payload, datagram, Optional.empty());
  }

  private static CostedExchange costed(ExchangeMessage... messages) {
    return CostedExchange.of(
        new RecordedExchange(
            "x", "x", Protocol.EDHOC, Origin.CAPTURED, "", Optional.empty(), List.of(messages)),
        RadioSettings.benchmark());
  }

  private static final ExchangeMessage MESSAGE_1 =
      message("message_1", Direction.UPLINK, Part.HANDSHAKE, 37, 38, 49);
  private static final ExchangeMessage MESSAGE_2 =
      message("message_2", Direction.DOWNLINK, Part.HANDSHAKE, 45, 45, 50);
  private static final ExchangeMessage RESPONSE =
      message("response", Direction.DOWNLINK, Part.DATA, 0, 0, 20);

  @Test
  void countsACombinedRequestAsPartOfTheHandshake() {
    CostedExchange combined =
        costed(
            MESSAGE_1,
            MESSAGE_2,
            message("message_3 + request", Direction.UPLINK, Part.COMBINED, 19, 20, 42),
            RESPONSE);
    assertThat(combined.handshake(Layer.MESSAGE).exchange().octets()).isEqualTo(101);
    assertThat(combined.handshake(Layer.DATAGRAM).exchange().octets()).isEqualTo(141);
    assertThat(combined.untilResponse().exchange().octets()).isEqualTo(161);
    assertThat(combined.roundTripsBeforeData()).isEqualTo(1);
    assertThat(combined.roundTripsUntilResponse()).isEqualTo(2);
    assertThat(combined.hasData()).isTrue();
  }

  @Test
  void countsAnotherRoundTripWhenMessage3IsAnsweredFirst() {
    CostedExchange sequential =
        costed(
            MESSAGE_1,
            MESSAGE_2,
            message("message_3", Direction.UPLINK, Part.HANDSHAKE, 19, 20, 31),
            message("2.04", Direction.DOWNLINK, Part.HANDSHAKE, 0, 0, 4),
            message("request", Direction.UPLINK, Part.DATA, 0, 13, 25),
            RESPONSE);
    assertThat(sequential.roundTripsBeforeData()).isEqualTo(2);
    assertThat(sequential.roundTripsUntilResponse()).isEqualTo(3);
  }

  @Test
  void aHandshakeAloneHasNoData() {
    assertThat(costed(MESSAGE_1, MESSAGE_2).hasData()).isFalse();
  }
}
