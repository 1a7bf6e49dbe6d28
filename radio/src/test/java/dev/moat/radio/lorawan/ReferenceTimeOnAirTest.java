package dev.moat.radio.lorawan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.radio.Direction;
import dev.moat.radio.lorawan.air.Framing;
import dev.moat.radio.lorawan.air.Modulation;
import dev.moat.radio.lorawan.air.TimeOnAir;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The times on air of the reference figures, to the microsecond. */
class ReferenceTimeOnAirTest {
  private static final Pattern AIRTIME_CASE = Pattern.compile("(\\d+) B SF(\\d+) ([0-9.]+)");

  @Test
  @Tag("LK-110")
  void everyUplinkRowIsReproduced() {
    JsonNode table = LorawanReference.part("toa_ms_uplink_by_app_payload");
    int cells = 0;
    for (Map.Entry<String, JsonNode> row : table.properties()) {
      int octets = FrameHeader.OCTETS + Integer.parseInt(row.getKey());
      assertThat(octets).isEqualTo(row.getValue().get("PHY").intValue());
      for (Map.Entry<String, JsonNode> cell : row.getValue().properties()) {
        if (!cell.getKey().equals("PHY")) {
          assertThat(modulation(cell.getKey()).frameMicros(octets, Direction.UPLINK))
              .as("%d octets, %s", octets, cell.getKey())
              .isEqualTo(LorawanReference.micros(cell.getValue()));
          cells++;
        }
      }
    }
    assertThat(cells).isEqualTo(7 * table.size()).isGreaterThan(200);
  }

  @Test
  @Tag("LK-110")
  void everyDownlinkRowIsReproducedWithoutCrc() {
    for (Map.Entry<String, JsonNode> row :
        LorawanReference.part("toa_ms_downlink_noCRC").properties()) {
      int octets = FrameHeader.OCTETS + Integer.parseInt(row.getKey());
      for (Map.Entry<String, JsonNode> cell : row.getValue().properties()) {
        assertThat(modulation(cell.getKey()).frameMicros(octets, Direction.DOWNLINK))
            .as("%d octets, %s", octets, cell.getKey())
            .isEqualTo(LorawanReference.micros(cell.getValue()));
      }
    }
  }

  @Test
  @Tag("LK-113")
  void everyWorkedExampleIsReproducedWithItsOffTime() {
    SubBand band = Region.EU868.defaultSubBand();
    for (Map.Entry<String, JsonNode> row : LorawanReference.part("worked").properties()) {
      int app = Integer.parseInt(row.getKey().substring("13+".length()));
      JsonNode offTimes = row.getValue().get("off_time_s_at_1pct");
      for (Map.Entry<String, JsonNode> offTime : offTimes.properties()) {
        long air =
            modulation(offTime.getKey()).frameMicros(FrameHeader.OCTETS + app, Direction.UPLINK);
        assertThat(air).isEqualTo(LorawanReference.micros(row.getValue().get(offTime.getKey())));
        assertThat(LorawanReference.seconds(band.offMicros(air), 3))
            .isEqualByComparingTo(offTime.getValue().decimalValue());
      }
    }
  }

  @Test
  @Tag("LK-110")
  void theBenchmarkPacketIsThatOfAnotherCalculator() {
    assertThat(TimeOnAir.micros(Modulation.lorawan(12, 125), 64, true))
        .isEqualTo(LorawanReference.micros(checks().get("TANUPOO README SF12 64 B")));
  }

  @Test
  void theModemDesignGuidesTablesAreReproduced() {
    guide("AN1200.13 table2 (10 B, CR=2, BW250, CRC off)", "ours", GuideTable.BY_FACTOR);
    guide("AN1200.13 table3 (10 B,CR2,SF10,CRC off)", "ours3", GuideTable.BY_BANDWIDTH);
    guide("AN1200.13 table4 (SF10 BW250 CRC off)", "ours4", GuideTable.BY_CODING_RATE);
  }

  @Test
  void theTestsOfAnotherCalculatorAreReproduced() {
    String text = checks().get("AIRTIME tests").textValue();
    var cases = AIRTIME_CASE.matcher(text).results().toList();
    assertThat(cases).hasSize(4);
    for (MatchResult one : cases) {
      int factor = Integer.parseInt(one.group(2));
      assertThat(
              TimeOnAir.micros(
                  Modulation.lorawan(factor, 125), Integer.parseInt(one.group(1)), true))
          .isEqualTo(new BigDecimal(one.group(3)).movePointRight(3).longValueExact());
    }
  }

  private static void guide(String published, String exact, GuideTable table) {
    JsonNode rows = checks().get(published);
    assertThat(rows.size()).isEqualTo(3).isEqualTo(checks().get(exact).size());
    for (Map.Entry<String, JsonNode> row : rows.properties()) {
      long micros =
          TimeOnAir.micros(table.modulation(row.getKey()), 10, new Framing(8, true, false));
      assertThat(micros).isEqualTo(LorawanReference.micros(checks().get(exact).get(row.getKey())));
      assertThat(LorawanReference.seconds(micros, 4).movePointRight(3))
          .as("the guide rounds to a tenth of a millisecond")
          .isEqualByComparingTo(row.getValue().decimalValue());
    }
  }

  private static JsonNode checks() {
    return LorawanReference.part("published_checks");
  }

  /** {@code SF7BW250}, {@code SF12}. */
  private static Modulation modulation(String name) {
    String[] parts = name.substring("SF".length()).split("BW");
    int bandwidth = parts.length > 1 ? Integer.parseInt(parts[1]) : 125;
    return Modulation.lorawan(Integer.parseInt(parts[0]), bandwidth);
  }

  /** What a table of the design guide varies, and what it holds. */
  private enum GuideTable {
    BY_FACTOR,
    BY_BANDWIDTH,
    BY_CODING_RATE;

    Modulation modulation(String key) {
      int value = Integer.parseInt(key.replaceAll("\\D", ""));
      return switch (this) {
        case BY_FACTOR -> new Modulation(value, 250, 2);
        case BY_BANDWIDTH -> new Modulation(10, value, 2);
        case BY_CODING_RATE -> new Modulation(10, 250, value);
      };
    }
  }
}
