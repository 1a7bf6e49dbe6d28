package dev.moat.radio.lorawan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.radio.Direction;
import dev.moat.radio.Exchange;
import dev.moat.radio.Message;
import dev.moat.radio.lorawan.air.Modulation;
import dev.moat.radio.lorawan.air.TimeOnAir;
import java.util.List;
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
   * The sizes of DTLS' single messages are not published. As one message each total is cheapest, so
   * that is less than any exchange of it can take.
   */
  @ParameterizedTest
  @CsvSource({
    "DTLS RPK, 68854",
    "DTLS RPK mutual, 87753",
    "DTLS cert, 108618",
    "DTLS cert mutual, 169255"
  })
  void dtlsCannotBeAsFastAsPublishedAndCanOnlyWithTheWrongLimit(String name, long leastMillis) {
    long published = seconds(name).decimalValue().movePointRight(6).longValueExact();
    Exchange atBest =
        new Exchange(name, List.of(new Message(name, Direction.DOWNLINK, octets(name))));
    long correct = LorawanModel.cost(atBest, LorawanSettings.benchmark()).airMicros();
    assertThat(correct).isGreaterThan(published);
    assertThat((correct + 500) / 1000).isEqualTo(leastMillis);

    long withErrors = 0;
    for (int left = octets(name); left > 0; left -= WRONG_LIMIT) {
      withErrors += TimeOnAir.micros(SF12, Math.min(left, WRONG_LIMIT), false);
    }
    assertThat(withErrors).isLessThan(published);
  }

  private static JsonNode seconds(String name) {
    return LorawanReference.part("published_fedrecheski").get("SF12_total_s").get(name);
  }

  private static int octets(String name) {
    return LorawanReference.part("published_fedrecheski").get("total_bytes").get(name).intValue();
  }
}
