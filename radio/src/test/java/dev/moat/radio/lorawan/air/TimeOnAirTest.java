package dev.moat.radio.lorawan.air;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.radio.Direction;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TimeOnAirTest {
  /** What LoRaWAN in Europe uses. */
  private static final List<Modulation> EUROPE =
      Stream.concat(
              IntStream.rangeClosed(7, 12).mapToObj(factor -> Modulation.lorawan(factor, 125)),
              Stream.of(Modulation.lorawan(7, 250)))
          .toList();

  private static final List<Integer> BANDWIDTHS = List.of(125, 250, 500);

  @Nested
  class Lora {
    @Test
    @Tag("LK-110")
    void agreesWithAnotherWayToCountInAllOf1792Cases() {
      int cases = 0;
      for (Modulation modulation : EUROPE) {
        for (int octets = 0; octets <= 255; octets++) {
          assertThat(TimeOnAir.micros(modulation, octets, true))
              .as("%s, %d octets", modulation.label(), octets)
              .isEqualTo(nanosByLaying(modulation, octets, true) / 1000);
          cases++;
        }
      }
      assertThat(cases).isEqualTo(1792);
    }

    @Test
    void agreesWithAnotherWayToCountAtEveryModulationWithAndWithoutCrc() {
      IntStream.rangeClosed(7, 12)
          .boxed()
          .flatMap(factor -> BANDWIDTHS.stream().flatMap(band -> everyCodingRate(factor, band)))
          .forEach(
              modulation -> {
                agrees(modulation, true);
                agrees(modulation, false);
              });
    }

    @Test
    void neverShortensWithAnOctetMore() {
      for (Modulation modulation : EUROPE) {
        for (int octets = 1; octets <= 255; octets++) {
          assertThat(TimeOnAir.micros(modulation, octets, true))
              .isGreaterThanOrEqualTo(TimeOnAir.micros(modulation, octets - 1, true));
        }
      }
    }

    @Test
    void lengthensWithTheSpreadingFactor() {
      for (int factor = 8; factor <= 12; factor++) {
        for (int octets = 0; octets <= 255; octets++) {
          assertThat(TimeOnAir.micros(Modulation.lorawan(factor, 125), octets, true))
              .isGreaterThan(TimeOnAir.micros(Modulation.lorawan(factor - 1, 125), octets, true));
        }
      }
    }

    @Test
    void countsAPreambleOfOtherLengthAndAnImplicitHeader() {
      Modulation modulation = Modulation.lorawan(7, 125);
      long usual = TimeOnAir.micros(modulation, 20, new Framing(8, true, true));
      assertThat(TimeOnAir.micros(modulation, 20, new Framing(12, true, true)))
          .isEqualTo(usual + 4 * modulation.symbolMicros());
      assertThat(TimeOnAir.micros(modulation, 20, new Framing(8, false, true)))
          .isEqualTo(usual - 5 * modulation.symbolMicros());
    }

    @Test
    void hasEightSymbolsAtLeastAfterThePreamble() {
      Modulation modulation = Modulation.lorawan(12, 500);
      assertThat(TimeOnAir.micros(modulation, 0, new Framing(8, false, false)))
          .isEqualTo((long) (20.25 * modulation.symbolMicros()));
    }

    @Test
    void optimisesForSymbolsAbove16Milliseconds() {
      assertThat(Modulation.lorawan(11, 125).lowDataRate()).isTrue();
      assertThat(Modulation.lorawan(12, 250).lowDataRate()).isTrue();
      assertThat(Modulation.lorawan(10, 125).lowDataRate()).isFalse();
      assertThat(Modulation.lorawan(12, 500).lowDataRate()).isFalse();
    }

    @Test
    void givesTheCrcToUplinksOnly() {
      Modulation modulation = Modulation.lorawan(12, 125);
      assertThat(modulation.frameMicros(32, Direction.UPLINK))
          .isEqualTo(TimeOnAir.micros(modulation, 32, true));
      assertThat(modulation.frameMicros(32, Direction.DOWNLINK))
          .isEqualTo(TimeOnAir.micros(modulation, 32, false))
          .isLessThan(modulation.frameMicros(32, Direction.UPLINK));
    }

    private static Stream<Modulation> everyCodingRate(int factor, int bandwidth) {
      return IntStream.rangeClosed(1, 4).mapToObj(rate -> new Modulation(factor, bandwidth, rate));
    }

    private static void agrees(Modulation modulation, boolean crc) {
      for (int octets = 0; octets <= 255; octets += 5) {
        assertThat(TimeOnAir.micros(modulation, octets, crc))
            .isEqualTo(nanosByLaying(modulation, octets, crc) / 1000);
      }
    }

    /** Lays the bits into blocks of code words one after the other, in nanoseconds. */
    private static long nanosByLaying(Modulation modulation, int octets, boolean crc) {
      long symbolNanos =
          (1L << modulation.spreadingFactor()) * 1_000_000 / modulation.bandwidthKhz();
      int rows = modulation.spreadingFactor() - (symbolNanos > 16_000_000 ? 2 : 0);
      // The header's block has room for SF - 7 nibbles of payload beside the header.
      int left = 8 * octets + (crc ? 16 : 0) - 4 * (modulation.spreadingFactor() - 7);
      long symbols = 8;
      while (left > 0) {
        left -= 4 * rows;
        symbols += modulation.codingRate() + 4;
      }
      return 12 * symbolNanos + symbolNanos / 4 + symbols * symbolNanos;
    }
  }

  @Nested
  class Fsk {
    @Test
    void sendsElevenOctetsMoreThanThePayload() {
      assertThat(new FskModulation(50_000).frameMicros(64, Direction.UPLINK)).isEqualTo(75 * 160);
      assertThat(new FskModulation(50_000).frameMicros(64, Direction.DOWNLINK)).isEqualTo(75 * 160);
      assertThat(new FskModulation(50_000).label()).isEqualTo("FSK 50");
    }

    @Test
    void refusesARateWhoseOctetsAreNoWholeMicroseconds() {
      assertThatThrownBy(() -> new FskModulation(30_000))
          .hasMessage("an octet lasts whole microseconds, and not at 30000 bit/s");
      assertThatThrownBy(() -> new FskModulation(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAFrameLongerThanItsLengthFieldTells() {
      assertThatThrownBy(() -> new FskModulation(50_000).frameMicros(256, Direction.UPLINK))
          .hasMessage("a PHYPayload has 0 to 255 octets, not 256");
    }
  }

  @Nested
  class BadInput {
    @Test
    void namesTheParameterAndItsRange() {
      assertThatThrownBy(() -> Modulation.lorawan(6, 125))
          .hasMessage("spreading factor is 7 to 12, not 6");
      assertThatThrownBy(() -> Modulation.lorawan(13, 125))
          .hasMessage("spreading factor is 7 to 12, not 13");
      assertThatThrownBy(() -> Modulation.lorawan(7, 62))
          .hasMessage("bandwidth is 125, 250 or 500 kHz, not 62 kHz");
      assertThatThrownBy(() -> new Modulation(7, 125, 5))
          .hasMessage("coding rate is 1 to 4 for 4/5 to 4/8, not 5");
      assertThatThrownBy(() -> new Modulation(7, 125, 0))
          .hasMessage("coding rate is 1 to 4 for 4/5 to 4/8, not 0");
      assertThatThrownBy(() -> new Framing(5, true, true))
          .hasMessage("a preamble has 6 to 65535 symbols, not 5");
      assertThatThrownBy(() -> new Framing(65_536, true, true))
          .hasMessage("a preamble has 6 to 65535 symbols, not 65536");
    }

    @Test
    void refusesAPayloadLongerThanItsLengthFieldTells() {
      assertThatThrownBy(() -> TimeOnAir.micros(Modulation.lorawan(7, 125), 256, true))
          .hasMessage("a PHYPayload has 0 to 255 octets, not 256");
      assertThatThrownBy(() -> TimeOnAir.micros(Modulation.lorawan(7, 125), -1, true))
          .hasMessage("a PHYPayload has 0 to 255 octets, not -1");
    }
  }
}
