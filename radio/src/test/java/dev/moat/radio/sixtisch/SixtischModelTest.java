package dev.moat.radio.sixtisch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.radio.Direction;
import dev.moat.radio.Exchange;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("LK-118")
class SixtischModelTest {
  private static final FrameRoom ROOM = FrameRoom.benchmark();

  @Test
  void countsTheFramesOfEveryProtocolOfTheReferenceFile() {
    JsonNode protocols = Reference.sixtisch().get("frames_by_protocol");
    assertThat(protocols.size()).isEqualTo(11);
    for (Map.Entry<String, JsonNode> entry : protocols.properties()) {
      int[] sizes = ints(entry.getValue().get("sizes"));
      Exchange device = Exchange.alternating(entry.getKey(), Direction.UPLINK, sizes);
      SixtischCost cost = SixtischModel.cost(device, ROOM);
      assertThat(cost.messages().stream().mapToInt(MessageFrames::frames).toArray())
          .as(entry.getKey())
          .containsExactly(ints(entry.getValue().get("device_initiated_up_down_up")));
      assertThat(cost.frames()).isEqualTo(entry.getValue().get("sum").asInt());
      assertThat(SixtischModel.cost(device.reversed(), ROOM).frames())
          .as(entry.getKey() + ", the network begins")
          .isEqualTo(entry.getValue().get("infra_initiated_sum").asInt());
    }
  }

  @Test
  void fewLargeFramesAreFullerThanTheLastOfMany() {
    SixtischCost cost =
        SixtischModel.cost(Exchange.alternating("M3 kid", Direction.UPLINK, 38, 45, 20), 5);
    assertThat(cost.frames()).isEqualTo(3);
    assertThat(cost.frames(Direction.UPLINK)).isEqualTo(2);
    assertThat(cost.frames(Direction.DOWNLINK)).isEqualTo(1);
    assertThat(cost.transmissions()).isEqualTo(15);
    assertThat(cost.meanFill()).isCloseTo((38 / 47.0 + 1 + 20 / 47.0) / 3, within(1e-12));
    SixtischCost split =
        SixtischModel.cost(Exchange.alternating("x", Direction.UPLINK, 48), FrameRoom.benchmark());
    assertThat(split.frames()).isEqualTo(2);
    assertThat(split.meanFill()).isCloseTo(48 / 94.0, within(1e-12));
  }

  @Test
  void aMessageWithoutOctetsTakesNoFrame() {
    SixtischCost nothing = SixtischModel.cost(Exchange.alternating("x", Direction.UPLINK, 0), 5);
    assertThat(nothing.frames()).isZero();
    assertThat(nothing.meanFill()).isZero();
    assertThat(nothing.messages().get(0).fill()).isZero();
  }

  @Test
  void laterFragmentsOfADatagramCarryMoreThanTheFirst() {
    // First: 127 - 29 - 4 - 4 - 26 = 64 of CoAP, whole units; later ones 127 - 29 - 5 = 93, so 88.
    assertThat(LowpanFragments.count(Direction.UPLINK, 5, 0)).isZero();
    assertThat(LowpanFragments.count(Direction.UPLINK, 5, 47)).isEqualTo(1);
    assertThat(LowpanFragments.count(Direction.UPLINK, 5, 48)).isEqualTo(2);
    assertThat(LowpanFragments.count(Direction.UPLINK, 5, 64 + 88 - 21)).isEqualTo(2);
    assertThat(LowpanFragments.count(Direction.UPLINK, 5, 64 + 88 - 20)).isEqualTo(3);
    assertThatThrownBy(() -> LowpanFragments.count(Direction.UPLINK, 5, -1))
        .hasMessage("a payload has no size below 0: -1");
  }

  @Test
  void fragmentsOfOneDatagramAreNeverMoreThanMessagesOfTheSameRoom() {
    for (Direction direction : Direction.values()) {
      for (int octets = 0; octets < 1000; octets++) {
        int fragments = LowpanFragments.count(direction, 5, octets);
        assertThat(fragments).isLessThanOrEqualTo(ROOM.frames(direction, octets));
        assertThat(LowpanFragments.count(direction, 5, octets + 1))
            .isGreaterThanOrEqualTo(fragments);
        assertThat(LowpanFragments.count(direction, 9, octets)).isGreaterThanOrEqualTo(fragments);
      }
    }
  }

  private static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }
}
