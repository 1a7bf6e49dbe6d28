package dev.moat.radio.lorawan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.radio.lorawan.air.FskModulation;
import dev.moat.radio.lorawan.air.Modulation;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tables of the reference figures: data rates, header, duty cycles. */
class ReferenceTablesTest {
  /** What M counts beside N: FHDR without FOpts, 7 octets, and FPort. */
  private static final int MAC_HEADER = 8;

  @Test
  @Tag("LK-110")
  void theDataRatesOfEuropeAreThoseOfTheReference() {
    JsonNode table = LorawanReference.part("EU868_DR");
    assertThat(table.size()).isEqualTo(7);
    for (int number = 0; number < table.size(); number++) {
      JsonNode row = table.get("DR" + number);
      DataRate rate = Region.EU868.dataRate(number);
      assertThat(rate.signal())
          .isEqualTo(Modulation.lorawan(row.get("SF").intValue(), row.get("BW_kHz").intValue()));
      assertThat(rate.maxAppOctets()).isEqualTo(row.get("N_no_repeater").intValue());
      assertThat(rate.maxAppOctetsWithRepeater())
          .isEqualTo(row.get("N_max_app_payload_repeater").intValue())
          .isEqualTo(row.get("M_max_MACPayload_repeater").intValue() - MAC_HEADER);
    }
  }

  @Test
  void theFastestDataRateOfEuropeIsFsk() {
    DataRate rate = Region.EU868.dataRate(7);
    assertThat(LorawanReference.part("EU868_DR7").textValue())
        .isEqualTo(
            "FSK 50 kbps, 50000 bps, N "
                + rate.maxAppOctetsWithRepeater()
                + "/"
                + rate.maxAppOctets());
    assertThat(rate.signal()).isEqualTo(new FskModulation(50_000));
  }

  @Test
  @Tag("LK-110")
  void theHeaderHas13Octets() {
    int sum = 0;
    for (Map.Entry<String, JsonNode> field : LorawanReference.part("header_13").properties()) {
      sum += field.getValue().isInt() ? field.getValue().intValue() : 0;
    }
    assertThat(FrameHeader.OCTETS).isEqualTo(sum).isEqualTo(13);
  }

  @Test
  @Tag("LK-109")
  void theSubBandsOfEuropeHaveTheDutyCyclesOfTheReference() {
    JsonNode bands = LorawanReference.part("duty_cycle").get("sub_bands_LoRaMac");
    JsonNode budgets = LorawanReference.part("duty_cycle").get("budget_per_hour_s");
    assertThat(Region.EU868.subBands()).hasSize(bands.size());
    for (Map.Entry<String, JsonNode> row : bands.properties()) {
      String name = row.getKey().replaceAll("\\(.*", "");
      String percent = row.getValue().textValue();
      SubBand band =
          Region.EU868.subBands().stream()
              .filter(one -> one.name().equals(name))
              .findFirst()
              .orElseThrow();
      assertThat(new BigDecimal("100").divide(BigDecimal.valueOf(band.inverseDutyCycle())))
          .isEqualByComparingTo(percent.replace("%", ""));
      assertThat(BigDecimal.valueOf(band.budgetMicros(), 6))
          .isEqualByComparingTo(budgets.get(percent).decimalValue());
    }
  }
}
