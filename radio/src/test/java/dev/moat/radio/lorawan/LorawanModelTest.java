package dev.moat.radio.lorawan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.radio.Direction;
import dev.moat.radio.Exchange;
import dev.moat.radio.Message;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.Seeded;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LorawanModelTest {
  @Test
  @Tag("LK-110")
  void aFullPacketAtTheSlowestDataRateIsOnAirForTwoPointEightSeconds() {
    LorawanCost cost = cost(LorawanSettings.benchmark(), 51);
    assertThat(cost.packets()).isEqualTo(1);
    assertThat(cost.airMicros()).isEqualTo(2_793_472);
    assertThat(cost.backoffMicros(Direction.UPLINK)).isEqualTo(99 * 2_793_472L);
    assertThat(cost.backoffMicros(Direction.DOWNLINK)).isZero();
  }

  @Test
  @Tag("LK-112")
  @Tag("LK-114")
  void edhocWithStaticKeysTakesThreePacketsAndFourSecondsOfUplink() {
    LorawanCost cost = cost(LorawanSettings.benchmark(), 37, 45, 19);
    assertThat(cost.packets()).isEqualTo(3);
    assertThat(cost.packets(Direction.UPLINK)).isEqualTo(2);
    assertThat(cost.airMicros(Direction.UPLINK)).isEqualTo(4_112_384);
    assertThat(cost.airMicros(Direction.DOWNLINK)).isEqualTo(2_629_632);
    assertThat(cost.airMicros()).isEqualTo(4_112_384 + 2_629_632);
  }

  @Test
  void aMessageOfNothingCostsNothing() {
    assertThat(cost(LorawanSettings.benchmark(), 0).packets()).isZero();
  }

  @Nested
  class Splitting {
    @Test
    @Tag("LK-102")
    void fillsEveryFragmentButTheLast() {
      assertThat(payloads(LorawanSettings.benchmark(), 115)).containsExactly(51, 51, 13);
      assertThat(payloads(LorawanSettings.benchmark(), 102)).containsExactly(51, 51);
      assertThat(payloads(LorawanSettings.benchmark(), 51)).containsExactly(51);
    }

    @Test
    void leavesRoomForAFragmentHeaderInSplitMessagesOnly() {
      LorawanSettings schc = LorawanSettings.benchmark().withFragmentHeaderOctets(2);
      assertThat(payloads(schc, 51)).containsExactly(51);
      assertThat(payloads(schc, 52)).containsExactly(51, 5);
      assertThat(payloads(schc, 98)).containsExactly(51, 51);
      assertThat(payloads(schc, 99)).containsExactly(51, 51, 3);
    }

    @Test
    void leavesRoomForMacCommandsWhichAreOnAirToo() {
      LorawanSettings settings = new LorawanSettings(Region.EU868, 0, 15);
      assertThat(payloads(settings, 51)).containsExactly(36, 15);
      assertThat(cost(settings, 36).airMicros()).isEqualTo(2_793_472);
    }

    @Test
    void usesTheLimitOfEachDirection() {
      Exchange exchange = Exchange.alternating("x", Direction.UPLINK, 22, 22);
      LorawanCost cost = LorawanModel.cost(exchange, new LorawanSettings(Region.US915, 0, 0));
      assertThat(cost.packets(Direction.UPLINK)).isEqualTo(2);
      assertThat(cost.packets(Direction.DOWNLINK)).isEqualTo(1);
    }

    @Test
    void carriesEveryOctetOnce() {
      Seeded.check(400, LorawanModelTest::carriesEveryOctetOnce);
    }
  }

  @Nested
  class Properties {
    @Test
    void anOctetMoreNeverCostsLess() {
      Seeded.check(
          200,
          arbitrary -> {
            LorawanSettings settings = settings(arbitrary);
            int octets = arbitrary.length(3000);
            LorawanCost less = cost(settings, octets);
            LorawanCost more = cost(settings, octets + 1);
            assertThat(more.packets()).isGreaterThanOrEqualTo(less.packets());
            assertThat(more.airMicros()).isGreaterThanOrEqualTo(less.airMicros());
          });
    }

    @Test
    void aSlowerDataRateNeverCostsLess() {
      for (int octets = 1; octets < 600; octets++) {
        for (int rate = 1; rate <= 7; rate++) {
          LorawanCost slow = cost(new LorawanSettings(Region.EU868, rate - 1, 0), octets);
          LorawanCost fast = cost(new LorawanSettings(Region.EU868, rate, 0), octets);
          assertThat(slow.packets()).isGreaterThanOrEqualTo(fast.packets());
          assertThat(slow.airMicros()).isGreaterThan(fast.airMicros());
        }
      }
    }

    @Test
    void aRepeaterNeverMakesItCheaper() {
      Seeded.check(
          200,
          arbitrary -> {
            LorawanSettings settings = settings(arbitrary);
            int octets = arbitrary.length(3000);
            assertThat(cost(settings.withRepeater(), octets).packets())
                .isGreaterThanOrEqualTo(cost(settings, octets).packets());
          });
    }

    @Test
    void downlinksCostNoMoreThanUplinksOfTheSameDataRate() {
      for (int octets = 0; octets < 300; octets++) {
        Exchange up = Exchange.alternating("x", Direction.UPLINK, octets);
        assertThat(LorawanModel.cost(up.reversed(), LorawanSettings.benchmark()).airMicros())
            .isLessThanOrEqualTo(LorawanModel.cost(up, LorawanSettings.benchmark()).airMicros());
      }
    }
  }

  @Nested
  class BadSettings {
    @Test
    void refusesMacCommandsThatDoNotFitTheirField() {
      assertThatThrownBy(() -> new LorawanSettings(Region.EU868, 0, 16))
          .hasMessage("FOpts have 0 to 15 octets, not 16");
      assertThatThrownBy(() -> new LorawanSettings(Region.EU868, 0, -1))
          .hasMessage("FOpts have 0 to 15 octets, not -1");
    }

    @Test
    void refusesMacCommandsThatLeaveNoRoomWithinTheDwellTime() {
      assertThatThrownBy(() -> new LorawanSettings(Region.US915, 0, 11))
          .hasMessage(
              "DR0 (SF10/125) carries 11 octets, and 11 of FOpts and 0 of fragment header leave"
                  + " none for the application");
      assertThat(new LorawanSettings(Region.US915, 0, 10).maxAppOctets(Direction.UPLINK))
          .isEqualTo(1);
    }

    @Test
    void refusesAFragmentHeaderThatLeavesNoRoomOrIsNegative() {
      LorawanSettings benchmark = LorawanSettings.benchmark();
      assertThatThrownBy(() -> benchmark.withFragmentHeaderOctets(51))
          .hasMessageContaining("51 of fragment header leave none");
      assertThatThrownBy(() -> benchmark.withFragmentHeaderOctets(-1))
          .hasMessage("a fragment header has 0 octets or more, not -1");
    }
  }

  private static void carriesEveryOctetOnce(Arbitrary arbitrary) {
    LorawanSettings settings = settings(arbitrary);
    int octets = arbitrary.between(1, Message.MAX_OCTETS);
    List<Integer> payloads = payloads(settings, octets);
    int headers = payloads.size() > 1 ? payloads.size() * settings.fragmentHeaderOctets() : 0;
    int limit = settings.maxAppOctets(Direction.UPLINK);
    assertThat(payloads.stream().mapToInt(Integer::intValue).sum()).isEqualTo(octets + headers);
    assertThat(payloads.subList(0, payloads.size() - 1)).allMatch(size -> size == limit);
    assertThat(payloads.get(payloads.size() - 1)).isBetween(1, limit);
  }

  private static LorawanSettings settings(Arbitrary arbitrary) {
    Region region = arbitrary.pick(Arrays.asList(Region.values()));
    int rate = arbitrary.pick(region.uplinkDataRates()).number();
    return new LorawanSettings(
        region, rate, arbitrary.between(0, 5), Repeater.ABSENT, arbitrary.between(0, 4));
  }

  private static LorawanCost cost(LorawanSettings settings, int... octets) {
    return LorawanModel.cost(Exchange.alternating("x", Direction.UPLINK, octets), settings);
  }

  private static List<Integer> payloads(LorawanSettings settings, int octets) {
    return cost(settings, octets).messages().get(0).packets().stream()
        .map(Packet::appOctets)
        .toList();
  }
}
