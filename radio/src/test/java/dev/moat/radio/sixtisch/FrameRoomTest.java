package dev.moat.radio.sixtisch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.radio.Direction;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("LK-115")
class FrameRoomTest {
  @Test
  void theBenchmarkIsTheReferenceFiles() {
    JsonNode payload = Reference.sixtisch().get("coap_payload_5hops");
    FrameRoom benchmark = FrameRoom.benchmark();
    assertThat(benchmark.uplinkOctets()).isEqualTo(payload.get("uplink").asInt());
    assertThat(benchmark.downlinkOctets()).isEqualTo(payload.get("downlink").asInt());
    assertThat(benchmark.hops()).isEqualTo(5);
    assertThat(FrameHeaders.FRAME_OCTETS).isEqualTo(Reference.sixtisch().get("frame_max").asInt());
  }

  @Test
  void headerSizesArriveAtTheBenchmarkAtFiveHops() {
    assertThat(FrameRoom.at(5)).isEqualTo(FrameRoom.benchmark());
    assertThat(FrameHeaders.octets(FrameHeaders.mesh(Direction.UPLINK, 5))).isEqualTo(80);
    assertThat(FrameHeaders.octets(FrameHeaders.mesh(Direction.DOWNLINK, 5))).isEqualTo(82);
  }

  @Test
  void otherAssumptionsArriveAtTheBenchmarkTooSoTheDerivationIsNotUnique() {
    // Octets up and down of each choice; those of the derivation are among them.
    List<int[][]> choices =
        List.of(
            new int[][] {{0, 0}, {1, 1}}, // sequence number
            new int[][] {{2, 2}, {8, 8}}, // source address
            new int[][] {{2, 2}, {8, 8}}, // destination address
            new int[][] {{4, 4}, {8, 8}, {16, 16}}, // MIC
            new int[][] {{3, 0}, {3, 3}, {4, 4}}, // RPI
            new int[][] {{0, 8}, {0, 10}, {0, 12}, {0, 26}, {0, 34}}, // SRH of 3, 4, 5 routers
            new int[][] {{0, 0}, {3, 3}}, // IP-in-IP
            new int[][] {{4, 4}, {10, 10}, {16, 16}}, // interface identifiers
            new int[][] {{1, 1}, {4, 4}}, // ports
            new int[][] {{0, 0}, {1, 1}, {2, 2}, {4, 4}, {8, 8}}, // token
            new int[][] {{6, 0}, {18, 0}}, // edhoc, .well-known/edhoc
            new int[][] {{0, 0}, {2, 0}, {2, 2}}); // Content-Format
    // Frame control 2, PAN 2, FCS 2, security 2, page 1, IPHC 3, NHC and checksum 3, CoAP 4 and 1.
    assertThat(arrivingAt(choices, 80 - 20, 82 - 20)).isEqualTo(166);
  }

  private static int arrivingAt(List<int[][]> choices, int up, int down) {
    if (choices.isEmpty()) {
      return up == 0 && down == 0 ? 1 : 0;
    }
    List<int[][]> rest = choices.subList(1, choices.size());
    return Arrays.stream(choices.get(0))
        .mapToInt(one -> arrivingAt(rest, up - one[0], down - one[1]))
        .sum();
  }

  @Test
  void everyFieldSaysWhere() {
    for (Direction direction : Direction.values()) {
      assertThat(FrameHeaders.mesh(direction, 5)).allMatch(one -> !one.reason().isBlank());
      assertThat(FrameHeaders.join(direction)).allMatch(one -> one.octets() > 0);
    }
  }

  @Test
  void everyRouterOnTheWayCostsTwoOctetsDownAndNoneUp() {
    for (int hops = 3; hops < 27; hops++) {
      FrameRoom nearer = FrameRoom.at(hops);
      FrameRoom farther = FrameRoom.at(hops + 1);
      assertThat(nearer.downlinkOctets() - farther.downlinkOctets()).isEqualTo(2);
      assertThat(farther.uplinkOctets()).isEqualTo(47);
    }
  }

  @Test
  void aNeighbourOfTheRootNeedsNoRoutingHeader() {
    assertThat(FrameRoom.at(1)).isEqualTo(new FrameRoom(1, 63, 81));
    assertThat(FrameRoom.at(2)).isEqualTo(new FrameRoom(2, 47, 53));
    assertThat(FrameHeaders.mesh(Direction.DOWNLINK, 2)).noneMatch(one -> one.name().equals("SRH"));
  }

  @Test
  void dividesWhatIsLargerThanAFrame() {
    FrameRoom room = FrameRoom.benchmark();
    assertThat(List.of(0, 1, 47, 48, 94, 95).stream().map(n -> room.frames(Direction.UPLINK, n)))
        .containsExactly(0, 1, 1, 2, 2, 3);
    assertThat(room.frames(Direction.DOWNLINK, 46)).isEqualTo(2);
  }

  @Test
  void dividesTheLargestPayloadThereIs() {
    assertThat(FrameRoom.benchmark().frames(Direction.UPLINK, Integer.MAX_VALUE))
        .isEqualTo(45_691_142);
    assertThat(new FrameRoom(1, 1, 1).frames(Direction.DOWNLINK, Integer.MAX_VALUE))
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void isMonotoneInOctetsAndHops() {
    List<FrameRoom> rooms = IntStream.rangeClosed(1, 27).mapToObj(FrameRoom::at).toList();
    for (int octets = 0; octets < 300; octets++) {
      int size = octets;
      for (Direction direction : Direction.values()) {
        assertThat(rooms.stream().map(room -> room.frames(direction, size))).isSorted();
        assertThat(rooms)
            .allMatch(room -> room.frames(direction, size) <= room.frames(direction, size + 1));
      }
    }
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> FrameRoom.at(0))
        .hasMessage("a pledge is 1 to 32 hops from the root, not 0");
    assertThatThrownBy(() -> FrameRoom.at(33)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FrameRoom.at(28)).hasMessageContaining("room for at least 1 octet");
    assertThatThrownBy(() -> new FrameRoom(5, 0, 45)).hasMessageContaining("not 0 up, 45 down");
    assertThatThrownBy(() -> FrameHeaders.mesh(Direction.UPLINK, 1))
        .hasMessage("a pledge is 2 to 32 hops from the root, not 1");
    assertThatThrownBy(() -> FrameRoom.benchmark().frames(Direction.UPLINK, -1))
        .hasMessage("a payload has no size below 0: -1");
    assertThatThrownBy(() -> new HeaderField("MAC", "x", -1, "y"))
        .hasMessage("x has no size below 0: -1");
  }
}
