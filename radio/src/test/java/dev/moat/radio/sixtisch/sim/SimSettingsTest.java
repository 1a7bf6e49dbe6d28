package dev.moat.radio.sixtisch.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.radio.Direction;
import dev.moat.radio.Exchange;
import dev.moat.radio.Message;
import dev.moat.radio.sixtisch.FrameRoom;
import dev.moat.radio.sixtisch.Reference;
import dev.moat.radio.sixtisch.SixtischModel;
import dev.moat.radio.sixtisch.Slotframe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimSettingsTest {
  @Test
  void defaultsAreThoseOfTheReferenceFile() {
    JsonNode file = Reference.sixtisch();
    JsonNode backoff = file.get("802.15.4_TSCH_backoff");
    MacSettings mac = MacSettings.standard();
    assertThat(mac.minExponent()).isEqualTo(backoff.get("macMinBE").asInt());
    assertThat(mac.maxExponent()).isEqualTo(backoff.get("macMaxBE").asInt());
    assertThat(mac.maxRetransmissions())
        .isEqualTo(file.get("RFC8180").get("max_MAC_retransmissions").asInt());
    JsonNode timers = file.get("CoJP_timers(RFC9031, via SIM6T source)");
    JoinTimers cojp = JoinTimers.cojp();
    assertThat(cojp.ackTimeoutMicros())
        .isEqualTo(timers.get("TIMEOUT_BASE_s").asLong() * 1_000_000);
    assertThat(cojp.randomFactor()).isEqualTo(timers.get("TIMEOUT_RANDOM_FACTOR").asDouble());
    assertThat(cojp.maxRetransmit()).isEqualTo(timers.get("MAX_RETRANSMIT").asInt());
    assertThat(Slotframe.minimal().slotMicros())
        .isEqualTo(file.get("RFC8180").get("timeslot_ms").asInt() * 1000);
  }

  @Test
  void theTimeoutDoublesUpToMaxRetransmit() {
    JoinTimers timers = JoinTimers.cojp();
    assertThat(timers.slotframes(0, 1, 1_010_000)).isEqualTo(10);
    assertThat(timers.slotframes(1, 1, 1_010_000)).isEqualTo(20);
    assertThat(timers.slotframes(4, 1.5, 1_010_000)).isEqualTo(238);
    assertThat(timers.slotframes(9, 1.5, 1_010_000)).isEqualTo(238);
    JoinTimers endless = new JoinTimers(Long.MAX_VALUE, 1e300, 20, JoinTimers.Spread.ONCE);
    assertThat(endless.slotframes(20, 1e300, 1)).isEqualTo(Calendar.FARTHEST + 1);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100; i++) {
      assertThat(timers.draw(random)).isBetween(1.0, 1.5);
    }
  }

  @Test
  void theBackoffWindowDoublesUpToItsGreatestAndStartsAfresh() {
    Backoff backoff = new Backoff(new MacSettings(1, 3, 4, 1));
    SplittableRandom random = new SplittableRandom(1);
    assertThat(backoff.failed()).isFalse();
    assertThat(greatest(backoff, random)).isEqualTo(3);
    assertThat(backoff.failed()).isFalse();
    assertThat(greatest(backoff, random)).isEqualTo(7);
    assertThat(backoff.failed()).isFalse();
    assertThat(greatest(backoff, random)).isEqualTo(7);
    assertThat(backoff.failed()).isFalse();
    assertThat(backoff.failed()).as("the fifth failure ends it").isTrue();
    assertThat(backoff.failed()).isFalse();
    assertThat(greatest(backoff, random)).isEqualTo(3);
  }

  private static int greatest(Backoff backoff, SplittableRandom random) {
    int greatest = 0;
    for (int i = 0; i < 200; i++) {
      greatest = Math.max(greatest, backoff.draw(random));
    }
    return greatest;
  }

  @Test
  void ringsGrowAsTheirAreaDoes() {
    assertThat(new FormationTopology(1, 5).rings(7)).containsExactly(7);
    assertThat(new FormationTopology(2, 5).rings(100)).containsExactly(25, 75);
    assertThat(new FormationTopology(3, 5).rings(900)).containsExactly(100, 300, 500);
    for (int hops = 1; hops <= 32; hops++) {
      for (int nodes = hops; nodes < hops + 40; nodes++) {
        int[] rings = new FormationTopology(hops, 5).rings(nodes);
        assertThat(Arrays.stream(rings).sum()).isEqualTo(nodes);
        assertThat(Arrays.stream(rings).min().getAsInt()).isPositive();
      }
    }
  }

  @Test
  void everyStageOfTheReferenceFileComesOutOfMessages() {
    assertThat(stages(38, 45, 20)).containsExactly(new Stage(1, 1), new Stage(1, 1));
    assertThat(stages(38, 115, 91)).containsExactly(new Stage(1, 3), new Stage(2, 1));
    assertThat(stages(185, 454, 255)).containsExactly(new Stage(4, 11), new Stage(6, 1));
    assertThat(stages(219, 226, 56)).containsExactly(new Stage(5, 6), new Stage(2, 1));
    assertThat(Stage.frames(stages(185, 454, 255))).isEqualTo(22);
  }

  @Test
  void framesPerJoinAreThoseOfTheReferenceFile() {
    JsonNode file = Reference.sixtisch().get("frames_per_join");
    assertThat(Stage.frames(stages(38, 45, 20)))
        .isEqualTo(file.get("EDHOC M3 kid + combined join request (3+1)").asInt());
    assertThat(Stage.frames(stages(38, 90, 66)))
        .isEqualTo(file.get("EDHOC 5 fragments + response").asInt());
    assertThat(Stage.frames(stages(38, 115, 91)))
        .isEqualTo(file.get("EDHOC M0 x5t (1+3+2+1)").asInt());
    assertThat(Stage.frames(stages(219, 226, 56)))
        .isEqualTo(file.get("DTLS1.3 PSK ECDHE (5+6+2+1)").asInt());
    assertThat(Stage.frames(stages(185, 454, 255)))
        .isEqualTo(file.get("DTLS1.3 RPK ECDHE (4+11+6+1)").asInt());
    assertThat(Stage.frames(List.of(new Stage(1, 1))))
        .isEqualTo(file.get("CoJP only (symmetric PSK OSCORE join)").asInt());
  }

  @Test
  void anExchangeTheNetworkBeginsIsCalledForByTheDevice() {
    Exchange exchange = Exchange.alternating("x", Direction.DOWNLINK, 38, 58, 20);
    assertThat(Stage.of(SixtischModel.cost(exchange, FrameRoom.benchmark())))
        .containsExactly(new Stage(1, 1), new Stage(2, 1));
  }

  @Test
  void messagesInARowAreOneRequest() {
    List<Message> messages = new ArrayList<>();
    messages.add(new Message("a", Direction.UPLINK, 20));
    messages.add(new Message("b", Direction.UPLINK, 60));
    messages.add(new Message("c", Direction.DOWNLINK, 20));
    messages.add(new Message("d", Direction.DOWNLINK, 20));
    Exchange exchange = new Exchange("x", messages);
    assertThat(Stage.of(SixtischModel.cost(exchange, FrameRoom.benchmark())))
        .containsExactly(new Stage(3, 2));
    assertThatThrownBy(
            () -> Stage.of(SixtischModel.cost(new Exchange("x", List.of()), FrameRoom.benchmark())))
        .hasMessage("an exchange without frames has no stage");
  }

  private static List<Stage> stages(int... sizes) {
    return Stage.of(
        SixtischModel.cost(
            Exchange.alternating("x", Direction.UPLINK, sizes), FrameRoom.benchmark()));
  }

  @Test
  void aSampleSaysWhatIsSaidOfNumbers() {
    Sample sample = Sample.of(4, 1, 3, 2);
    assertThat(sample.mean()).isEqualTo(2.5);
    assertThat(sample.median()).isEqualTo(3);
    assertThat(sample.p95()).isEqualTo(4);
    assertThat(sample.last()).isEqualTo(4);
    assertThat(sample.standardDeviation()).isCloseTo(Math.sqrt(5 / 3.0), within(1e-12));
    assertThat(sample.standardError()).isCloseTo(Math.sqrt(5 / 12.0), within(1e-12));
    assertThat(sample).hasToString("4 values, mean 2.5, median 3.0, p95 4.0, last 4.0");
    assertThat(Sample.of(7).standardError()).isZero();
    double[] hundred = new double[100];
    Arrays.setAll(hundred, i -> i + 1);
    assertThat(Sample.of(hundred).p95()).isEqualTo(95);
    assertThatThrownBy(Sample::of).hasMessage("a sample has at least one value");
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> new MacSettings(-1, 7, 3, 1)).hasMessageContaining("not -1 and 7");
    assertThatThrownBy(() -> new MacSettings(5, 4, 3, 1)).hasMessageContaining("not 5 and 4");
    assertThatThrownBy(() -> new MacSettings(1, 17, 3, 1)).hasMessageContaining("not 1 and 17");
    assertThatThrownBy(() -> new MacSettings(1, 7, -1, 1)).hasMessageContaining("not -1 and 1");
    assertThatThrownBy(() -> new MacSettings(1, 7, 3, 0)).hasMessageContaining("not 3 and 0");
    JoinTimers.Spread once = JoinTimers.Spread.ONCE;
    assertThatThrownBy(() -> new JoinTimers(0, 1.5, 4, once)).hasMessageContaining("not 0,");
    assertThatThrownBy(() -> new JoinTimers(1, 0.9, 4, once)).hasMessageContaining("0.9");
    assertThatThrownBy(() -> new JoinTimers(1, 1, -1, once)).hasMessageContaining("-1");
    assertThatThrownBy(() -> new JoinTimers(1, 1, 21, once)).hasMessageContaining("21");
    assertThatThrownBy(() -> new Stage(0, 1)).hasMessageContaining("not 0 and 1");
    assertThatThrownBy(() -> new Stage(1, 0)).hasMessageContaining("not 1 and 0");
    assertThatThrownBy(() -> new FormationTopology(0, 1)).hasMessageContaining("not 0 and 1");
    assertThatThrownBy(() -> new FormationTopology(33, 1)).hasMessageContaining("not 33 and 1");
    assertThatThrownBy(() -> new FormationTopology(1, 0)).hasMessageContaining("not 1 and 0");
    assertThatThrownBy(() -> new FormationCell.Beacons(0, 16)).hasMessageContaining("not 0.0");
    assertThatThrownBy(() -> new FormationCell.Beacons(1.1, 16)).hasMessageContaining("not 1.1");
    assertThatThrownBy(() -> new FormationCell.Beacons(1, 0)).hasMessageContaining("and 0");
  }
}
