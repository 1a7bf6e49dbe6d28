package dev.moat.radio.sixtisch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("LK-116")
class SyncTimeTest {
  /** The file's own tolerance between formula and the examples, which were simulated. */
  private static final double TOLERANCE = 0.00024;

  @Test
  void theFormulaAgreesWithEveryExample() {
    JsonNode model = Reference.sixtisch().get("sync_model");
    assertThat(model.get("T_eb_s").asDouble() * 1e6).isEqualTo(SyncTime.FULL_FRAME_MICROS);
    assertThat(model.get("examples_s").size()).isEqualTo(5);
    for (Map.Entry<String, JsonNode> row : model.get("examples_s").properties()) {
      String[] key = row.getKey().substring(1).split(" p", 2);
      SyncTime time = SyncTime.minimal(Integer.parseInt(key[0]), Double.parseDouble(key[1]));
      double seconds = row.getValue().asDouble();
      assertThat(time.meanMicros() / 1e6)
          .as(row.getKey())
          .isCloseTo(seconds, within(seconds * TOLERANCE));
    }
  }

  @Test
  void isTheFormulaToTheMicrosecond() {
    assertThat(SyncTime.minimal(16, 1).meanMicros()).isEqualTo(15.5 * 1_010_000 + 4256);
    assertThat(SyncTime.minimal(16, 0.5).perSlotframe()).isEqualTo(1 / 32.0);
  }

  @Test
  void lostBeaconsCountLikeBeaconsThatWereNotSent() {
    SyncTime lost = new SyncTime(16, 1, 0.5, Slotframe.minimal(), 4256);
    assertThat(lost.meanMicros()).isEqualTo(SyncTime.minimal(16, 0.5).meanMicros());
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> SyncTime.minimal(0, 1)).hasMessageContaining("at least 1 channel");
    assertThatThrownBy(() -> new SyncTime(16, 1, 1, Slotframe.minimal(), -1))
        .hasMessageContaining("no negative time");
    assertThatThrownBy(() -> SyncTime.minimal(16, 0))
        .hasMessage("without beacons nobody synchronises");
    assertThatThrownBy(() -> new SyncTime(16, 1, 0, Slotframe.minimal(), 1))
        .hasMessage("without beacons nobody synchronises");
    assertThatThrownBy(() -> SyncTime.minimal(16, 1.1))
        .hasMessage("the probability of a beacon is 0 to 1, not 1.1");
    assertThatThrownBy(() -> SyncTime.minimal(16, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SyncTime.minimal(16, -0.1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Slotframe(0, 1)).hasMessageContaining("1 to 65535 slots");
    assertThatThrownBy(() -> new Slotframe(65_536, 1)).hasMessageContaining("1 to 65535 slots");
    assertThatThrownBy(() -> new Slotframe(1, 0)).hasMessageContaining("at least 1 us");
  }
}
