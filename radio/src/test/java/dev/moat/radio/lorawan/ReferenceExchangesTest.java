package dev.moat.radio.lorawan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.radio.Direction;
import dev.moat.radio.Exchange;
import dev.moat.radio.lorawan.duty.BurstBudget;
import dev.moat.radio.lorawan.duty.BurstBudget.Band;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The exchanges of the reference figures: packets, time on air, and the draft's criteria. */
class ReferenceExchangesTest {
  static Stream<JsonNode> rows() {
    return StreamSupport.stream(LorawanReference.part("ake_uplink_toa").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("rows")
  @Tag("LK-102")
  @Tag("LK-113")
  @Tag("LK-114")
  void everyExchangeTakesThePacketsOfTheReference(JsonNode row) {
    LorawanCost cost = cost(row);
    int[] packets = cost.messages().stream().mapToInt(one -> one.packets().size()).toArray();
    assertThat(packets).isEqualTo(LorawanReference.sizes(row.get("packets")));
    assertThat(cost.packets(Direction.UPLINK) + cost.packets(Direction.DOWNLINK))
        .isEqualTo(cost.packets());
  }

  @ParameterizedTest
  @MethodSource("rows")
  @Tag("LK-111")
  @Tag("LK-112")
  @Tag("LK-128")
  void everyExchangeHasTheUplinkTimeAndTheVerdictOfTheReference(JsonNode row) {
    long uplink = cost(row).airMicros(Direction.UPLINK);
    BurstBudget two = BurstBudget.draft();
    BurstBudget one = BurstBudget.draftWithOneRetransmission();
    assertThat(LorawanReference.seconds(uplink, 3))
        .isEqualByComparingTo(row.get("uplink_ToA_s_SF12").decimalValue());
    assertThat(LorawanReference.seconds(two.burstMicros(uplink), 2))
        .isEqualByComparingTo(row.get("with_2_retx_s").decimalValue());
    assertThat(LorawanReference.seconds(one.burstMicros(uplink), 2))
        .isEqualByComparingTo(row.get("with_1_retx_s").decimalValue());
    assertThat(two.band(uplink) == Band.WITHIN).isEqualTo(row.get("in_4_6").booleanValue());
    assertThat(two.meets(uplink)).isEqualTo(row.get("meets_max_6").booleanValue());
  }

  @Test
  void thereAreSeventeenExchanges() {
    assertThat(rows()).hasSize(17);
  }

  @Test
  @Tag("LK-111")
  void theDraftsBoundsAreFourAndSixSeconds() {
    assertThat(LorawanReference.part("requirement_derivation").textValue())
        .isEqualTo("36 s / ((1+2 retransmissions) * factor 2..3) = 6.0..4.0 s");
    assertThat(BurstBudget.draft().upperBoundMicros()).isEqualTo(6_000_000);
    assertThat(BurstBudget.draft().lowerBoundMicros()).isEqualTo(4_000_000);
  }

  @Test
  @Tag("LK-128")
  void signaturesAndCredentialsByValueFitWithOneRetransmission() {
    BurstBudget one = BurstBudget.draftWithOneRetransmission();
    for (String name :
        new String[] {"EDHOC M0 x5t, device-initiated, raw", "EDHOC M3 kccs_min both, raw"}) {
      long uplink =
          cost(rows().filter(row -> row.get("name").textValue().equals(name)).findFirst().get())
              .airMicros(Direction.UPLINK);
      assertThat(one.meets(uplink)).as(name).isTrue();
      assertThat(BurstBudget.draft().meets(uplink)).as(name).isFalse();
    }
  }

  private static LorawanCost cost(JsonNode row) {
    String name = row.get("name").textValue();
    Direction first = name.contains("infra") ? Direction.DOWNLINK : Direction.UPLINK;
    return LorawanModel.cost(
        Exchange.alternating(name, first, LorawanReference.sizes(row.get("sizes"))),
        LorawanSettings.benchmark());
  }
}
