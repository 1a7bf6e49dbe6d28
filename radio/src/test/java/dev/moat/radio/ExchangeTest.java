package dev.moat.radio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExchangeTest {
  private static final Exchange EDHOC = Exchange.alternating("EDHOC", Direction.UPLINK, 37, 45, 19);

  @Test
  void sumsByDirection() {
    assertThat(EDHOC.octets()).isEqualTo(101);
    assertThat(EDHOC.octets(Direction.UPLINK)).isEqualTo(56);
    assertThat(EDHOC.octets(Direction.DOWNLINK)).isEqualTo(45);
  }

  @Test
  void reversesEveryMessage() {
    assertThat(EDHOC.reversed().octets(Direction.DOWNLINK)).isEqualTo(56);
    assertThat(EDHOC.reversed().reversed()).isEqualTo(EDHOC);
  }

  @Test
  void countsMessagesInARowAsOneFlight() {
    Exchange exchange =
        new Exchange(
            "x",
            List.of(
                new Message("a", Direction.UPLINK, 1),
                new Message("b", Direction.UPLINK, 1),
                new Message("nothing", Direction.DOWNLINK, 0),
                new Message("c", Direction.DOWNLINK, 1)));
    assertThat(exchange.flights()).isEqualTo(2);
    assertThat(EDHOC.flights()).isEqualTo(3);
  }

  @Test
  void refusesImpossibleSizes() {
    assertThatThrownBy(() -> new Message("m", Direction.UPLINK, -1))
        .hasMessage("a message has 0 to 65507 octets, and m -1");
    assertThatThrownBy(() -> new Message("m", Direction.UPLINK, 65_508))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
