package dev.moat.radio.nbiot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.moat.radio.Direction;
import dev.moat.radio.Exchange;
import dev.moat.radio.Message;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NbiotModelTest {
  private static final Exchange EDHOC = Exchange.alternating("EDHOC", Direction.UPLINK, 37, 45, 19);

  @Test
  @Tag("LK-119")
  void addsUpMessagesAndShowsTheAttachApart() {
    NbiotCost cost = NbiotModel.cost(EDHOC, Coverage.GOOD);
    assertThat(cost.timeMicros()).isEqualTo(18_118);
    assertThat(cost.timeMicros(Direction.UPLINK)).isEqualTo(10_571 + 5_429);
    assertThat(cost.timeMicros(Direction.DOWNLINK)).isEqualTo(2_118);
    assertThat(cost.attachMicros()).isEqualTo(120_000);
    assertThat(cost.connectionMillijoule()).isEqualTo(8.169412);
    assertThat(cost.attachMillijoule()).isEqualTo(11.232);
    assertThat(cost.totalMillijoule()).isEqualTo(19.401412);
    assertThat(cost.connectionNanojoules(Direction.UPLINK))
        .isEqualTo(cost.connectionNanojoules() - cost.connectionNanojoules(Direction.DOWNLINK));
  }

  @Test
  @Tag("LK-119")
  void takesManyTimesTheEnergyWhereCoverageIsBad() {
    NbiotCost cost = NbiotModel.cost(EDHOC, Coverage.BAD);
    assertThat(cost.connectionMillijoule()).isCloseTo(616.925, within(0.0005));
    assertThat(cost.totalMillijoule()).isCloseTo(922.877, within(0.0005));
    assertThat(cost.messages())
        .extracting(NbiotCost.MessageCost::timeMicros)
        .containsExactly(800_000L, 144_000L, 410_811L);
  }

  @Test
  @Tag("LK-120")
  void costsTheOtherWayRoundWhenTheNetworkBegins() {
    NbiotCost forward = NbiotModel.cost(EDHOC, Coverage.BAD);
    NbiotCost reverse = NbiotModel.cost(EDHOC.reversed(), Coverage.BAD);
    assertThat(EDHOC.reversed().octets()).isEqualTo(EDHOC.octets());
    assertThat(reverse.connectionMillijoule()).isCloseTo(500.822, within(0.0005));
    assertThat(reverse.connectionMillijoule()).isLessThan(forward.connectionMillijoule());
  }

  @Test
  @Tag("LK-106")
  void countsTheRadioByThePowersItIsGiven() {
    PowerProfile twice = new PowerProfile(1_000_000, 160_000, 0, 0);
    NbiotCost cost = NbiotModel.cost(EDHOC, Coverage.GOOD);
    NbiotCost more = NbiotModel.cost(EDHOC, Coverage.GOOD, twice);
    assertThat(more.timeMicros()).isEqualTo(cost.timeMicros());
    assertThat(more.attachNanojoules()).isEqualTo(2 * cost.attachNanojoules());
    assertThat(more.connectionMillijoule())
        .isCloseTo(2 * cost.connectionMillijoule(), within(0.00001));
  }

  @Nested
  class Properties {
    @Test
    @Tag("LK-119")
    void neverCostsLessForMoreOctets() {
      Seeded.check(
          300,
          arbitrary -> {
            Coverage coverage = arbitrary.pick(List.of(Coverage.GOOD, Coverage.BAD));
            List<Message> messages = messages(arbitrary);
            NbiotCost less = NbiotModel.cost(new Exchange("less", messages), coverage);
            int index = arbitrary.between(0, messages.size() - 1);
            Message grown = messages.get(index);
            messages.set(index, new Message(grown.name(), grown.direction(), grown.octets() + 1));
            NbiotCost more = NbiotModel.cost(new Exchange("more", messages), coverage);
            assertThat(more.timeMicros()).isGreaterThan(less.timeMicros());
            assertThat(more.connectionNanojoules()).isGreaterThan(less.connectionNanojoules());
          });
    }

    @Test
    @Tag("LK-119")
    void alwaysCostsMoreWhereCoverageIsBad() {
      Seeded.check(
          300,
          arbitrary -> {
            Exchange exchange = new Exchange("any", messages(arbitrary));
            NbiotCost good = NbiotModel.cost(exchange, Coverage.GOOD);
            NbiotCost bad = NbiotModel.cost(exchange, Coverage.BAD);
            assertThat(bad.timeMicros()).isGreaterThanOrEqualTo(10 * good.timeMicros());
            assertThat(bad.totalMillijoule()).isGreaterThan(10 * good.totalMillijoule());
          });
    }

    @Test
    @Tag("LK-119")
    void attachesForTheSameWhateverFollows() {
      Seeded.check(
          100,
          arbitrary -> {
            Exchange exchange = new Exchange("any", messages(arbitrary));
            assertThat(NbiotModel.cost(exchange, Coverage.BAD).attachNanojoules())
                .isEqualTo(305_952_000);
            assertThat(NbiotModel.cost(exchange, Coverage.GOOD).attachNanojoules())
                .isEqualTo(11_232_000);
          });
    }

    private static List<Message> messages(Arbitrary arbitrary) {
      List<Message> messages = new ArrayList<>();
      int count = arbitrary.between(1, 6);
      for (int i = 0; i < count; i++) {
        messages.add(
            new Message(
                "m" + i, arbitrary.pick(List.of(Direction.values())), arbitrary.length(2_000)));
      }
      return messages;
    }
  }

  @Nested
  class Nonsense {
    @Test
    void refusesRatesOfNothing() {
      assertThatThrownBy(() -> new Coverage("none", 170, 0, 1, Attach.BAD))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("uplinkBitsPerSecond is 0, and a rate is above 0");
      assertThatThrownBy(() -> new Coverage("none", 170, 1, -5, Attach.BAD))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("downlinkBitsPerSecond is -5, and a rate is above 0");
    }

    @Test
    void refusesPowersBelowWhatCanBe() {
      assertThatThrownBy(() -> new PowerProfile(0, 1, 1, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("transmitMicrowatts is 0, and at least 1 is needed");
      assertThatThrownBy(() -> new PowerProfile(1, 1, 1, -1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("deepSleepMicrowatts is -1, and at least 0 is needed");
    }

    @Test
    void costsNothingForNothing() {
      NbiotCost cost =
          NbiotModel.cost(Exchange.alternating("empty", Direction.UPLINK, 0, 0), Coverage.BAD);
      assertThat(cost.timeMicros()).isZero();
      assertThat(cost.connectionNanojoules()).isZero();
    }
  }
}
