package dev.moat.radio.lorawan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.radio.Direction;
import dev.moat.radio.Exchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LorawanModelTest {
  @Test
  @Tag("LK-110")
  void aFullPacketAtTheSlowestDataRateIsOnAirForTwoPointEightSeconds() {
    LorawanCost cost =
        LorawanModel.cost(
            Exchange.alternating("x", Direction.UPLINK, 51), LorawanSettings.benchmark());
    assertThat(cost.packets()).isEqualTo(1);
    assertThat(cost.airMicros()).isEqualTo(2_793_472);
    assertThat(cost.backoffMicros(Direction.UPLINK)).isEqualTo(99 * 2_793_472L);
  }
}
