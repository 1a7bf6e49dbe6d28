package dev.moat.radio.lorawan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.radio.Direction;
import dev.moat.radio.Exchange;
import dev.moat.radio.lorawan.air.Modulation;
import dev.moat.radio.lorawan.air.TimeOnAir;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A published comparison of EDHOC and DTLS (hal-04382397) whose times at SF12 are too short:
 * packets lack LoRaWAN's 13 octets, the map of limits is upside down (242 octets at SF12), and the
 * CRC is left out of uplinks instead of downlinks.
 */
@Tag("LK-102")
class PublishedComparisonTest {
  /** EDHOC's messages and the empty answer to the last, each with two octets for SCHC. */
  private static final int[] EDHOC = {40, 47, 22, 2};

  private static final Modulation SF12 = Modulation.lorawan(12, 125);

  /** The limit that the comparison takes for SF12. */
  private static final int WRONG_LIMIT = 242;

  @Test
  void edhocsTimeIsReproducedByTheErrors() {
    long micros = 0;
    for (int i = 0; i < EDHOC.length; i++) {
      boolean uplink = i % 2 == 0;
      micros += TimeOnAir.micros(SF12, EDHOC[i], !uplink);
    }
    assertThat(micros).isEqualTo(6_422_528);
    assertThat(LorawanReference.seconds(micros, 2))
        .isEqualByComparingTo(seconds("EDHOC RPK mutual").decimalValue());
  }

  @Test
  void edhocsTimeWithHeadersAndRightCrcs() {
    Exchange exchange = Exchange.alternating("EDHOC", Direction.UPLINK, EDHOC);
    assertThat(exchange.octets()).isEqualTo(octets("EDHOC"));
    LorawanCost cost = LorawanModel.cost(exchange, LorawanSettings.benchmark());
    assertThat(cost.messages().stream().map(MessageCost::airMicros))
        .isEqualTo(List.of(2_465_792L, 2_629_632L, 1_810_432L, 1_155_072L));
    assertThat(cost.airMicros()).isEqualTo(8_060_928);
  }

  /**
   * The sizes of DTLS' single messages are not published. However the total is cut into packets,
   * none of its octets takes less than in the packet that carries them fastest.
   */
  @ParameterizedTest
  @CsvSource({
    "DTLS RPK, 66.98",
    "DTLS RPK mutual, 85.01",
    "DTLS cert, 106.31",
    "DTLS cert mutual, 165.02"
  })
  void dtlsCannotBeAsFastAsPublishedAndCanOnlyWithTheWrongLimit(String name, double leastSeconds) {
    long published = seconds(name).decimalValue().movePointRight(6).longValueExact();
    double bound = octets(name) * leastMicrosPerOctet();
    assertThat(bound).isGreaterThan(published);
    assertThat(bound / 1e6).isCloseTo(leastSeconds, within(0.005));

    long withErrors = 0;
    for (int left = octets(name); left > 0; left -= WRONG_LIMIT) {
      withErrors += TimeOnAir.micros(SF12, Math.min(left, WRONG_LIMIT), false);
    }
    assertThat(withErrors).isLessThan(published);
  }

  @Test
  void noPacketCarriesAnOctetFasterThanADownlinkOf49() {
    assertThat(packetMicros(Direction.DOWNLINK, 49)).isEqualTo(2_629_632);
    assertThat(leastMicrosPerOctet()).isEqualTo(2_629_632 / 49.0);
    assertThat(packetMicros(Direction.UPLINK, 51) / 51.0).isGreaterThan(leastMicrosPerOctet());
  }

  private static double leastMicrosPerOctet() {
    return Stream.of(Direction.UPLINK, Direction.DOWNLINK)
        .flatMap(
            direction ->
                IntStream.rangeClosed(1, LorawanSettings.benchmark().maxAppOctets(direction))
                    .mapToObj(octets -> (double) packetMicros(direction, octets) / octets))
        .min(Double::compare)
        .orElseThrow();
  }

  private static long packetMicros(Direction direction, int octets) {
    Exchange exchange = Exchange.alternating("one", direction, octets);
    LorawanCost cost = LorawanModel.cost(exchange, LorawanSettings.benchmark());
    assertThat(cost.packets()).isEqualTo(1);
    return cost.airMicros();
  }

  private static JsonNode seconds(String name) {
    return LorawanReference.part("published_fedrecheski").get("SF12_total_s").get(name);
  }

  private static int octets(String name) {
    return LorawanReference.part("published_fedrecheski").get("total_bytes").get(name).intValue();
  }
}
