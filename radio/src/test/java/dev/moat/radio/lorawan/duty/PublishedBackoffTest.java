package dev.moat.radio.lorawan.duty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.radio.Direction;
import dev.moat.radio.Exchange;
import dev.moat.radio.lorawan.FrameHeader;
import dev.moat.radio.lorawan.LorawanCost;
import dev.moat.radio.lorawan.LorawanModel;
import dev.moat.radio.lorawan.LorawanReference;
import dev.moat.radio.lorawan.LorawanSettings;
import dev.moat.radio.lorawan.MessageCost;
import dev.moat.radio.lorawan.Packet;
import dev.moat.radio.lorawan.air.Modulation;
import dev.moat.radio.lorawan.air.TimeOnAir;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The published lower bounds of back-off times. The sheet drops what is finer than a millisecond of
 * each packet, gives downlinks a CRC, and has one row with a wrong time on air.
 */
@Tag("LK-113")
class PublishedBackoffTest {
  private static final String WRONG = "EDHOC RPK SIGMA-I 39/120/85";

  @ParameterizedTest
  @ValueSource(
      strings = {"EDHOC PSK 44/46/11", "DTLS1.3 PSK 187/190/57", "DTLS1.3 RPK 150/373/213"})
  void theOtherRowsAreReproducedByDroppingFractions(String name) {
    assertMatches(name, PublishedBackoffTest::asTheSheetHasIt);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"EDHOC PSK 44/46/11", "DTLS1.3 PSK 187/190/57", "DTLS1.3 RPK 150/373/213"})
  void theModelDiffersFromTheOtherRowsByNoMoreThanTheDroppedFractions(String name) {
    LorawanCost cost = LorawanModel.cost(exchange(name), LorawanSettings.benchmark());
    long published = row(name).get("ToA_s").decimalValue().movePointRight(6).longValueExact();
    assertThat(cost.airMicros() - published).isBetween(0L, 1000L * cost.packets());
    BigDecimal minutes = minutes(StopAndWait.inOneSubBand().schedule(cost));
    assertThat(minutes.subtract(row(name).get("backoff_min").decimalValue()).abs())
        .isLessThanOrEqualTo(new BigDecimal("0.01"));
  }

  @Test
  void theWrongRowIsReproducedByItsError() {
    assertMatches(WRONG, PublishedBackoffTest::withTheWrongTimeOfFullPackets);
  }

  @Test
  void theWrongTimeIsThatOfAFrameOf59Octets() {
    // 59 is M, the largest MACPayload: without MHDR and MIC, which are on air too.
    assertThat(TimeOnAir.micros(Modulation.lorawan(12, 125), 59, true)).isEqualTo(2_629_632);
    assertThat(withTheWrongTimeOfFullPackets(51)).isEqualTo(2_629_000);
  }

  @Test
  void theWrongRowCorrected() {
    LorawanCost withCrc = sheet(WRONG, PublishedBackoffTest::withCrc);
    assertThat(withCrc.airMicros()).isEqualTo(14_958_592);
    LorawanCost exact = LorawanModel.cost(exchange(WRONG), LorawanSettings.benchmark());
    assertThat(exact.airMicros()).as("downlinks have no CRC").isEqualTo(14_794_752);
    assertThat(row(WRONG).get("ToA_s").decimalValue()).isEqualByComparingTo("14.463");

    Timetable timetable = StopAndWait.inOneSubBand().schedule(exact);
    assertThat(timetable.backoffMicros()).isEqualTo(3 * 99 * 2_793_472L);
    assertThat(minutes(timetable)).isEqualByComparingTo("13.83");
    assertThat(row(WRONG).get("backoff_min").decimalValue()).isEqualByComparingTo("13.01");
  }

  @Test
  void noRowIsLeftOut() {
    assertThat(LorawanReference.part("published_backoff_table").properties())
        .extracting(java.util.Map.Entry::getKey)
        .containsExactlyInAnyOrder(
            "EDHOC PSK 44/46/11",
            "DTLS1.3 PSK 187/190/57",
            "DTLS1.3 RPK 150/373/213",
            WRONG,
            "source",
            "error_found");
  }

  private static void assertMatches(String name, IntToLongFunction airMicros) {
    LorawanCost cost = sheet(name, airMicros);
    assertThat(LorawanReference.seconds(cost.airMicros(), 3))
        .isEqualByComparingTo(row(name).get("ToA_s").decimalValue());
    assertThat(minutes(StopAndWait.inOneSubBand().schedule(cost)))
        .isEqualByComparingTo(row(name).get("backoff_min").decimalValue());
  }

  /** The model's packets with the sheet's times on air. */
  private static LorawanCost sheet(String name, IntToLongFunction airMicros) {
    LorawanCost exact = LorawanModel.cost(exchange(name), LorawanSettings.benchmark());
    return new LorawanCost(
        exact.settings(),
        exact.messages().stream()
            .map(
                one ->
                    new MessageCost(
                        one.message(),
                        one.packets().stream()
                            .map(Packet::appOctets)
                            .map(app -> new Packet(app, airMicros.applyAsLong(app)))
                            .toList()))
            .toList());
  }

  private static long withCrc(int appOctets) {
    return TimeOnAir.micros(Modulation.lorawan(12, 125), FrameHeader.OCTETS + appOctets, true);
  }

  private static long asTheSheetHasIt(int appOctets) {
    return withCrc(appOctets) / 1000 * 1000;
  }

  private static long withTheWrongTimeOfFullPackets(int appOctets) {
    return appOctets == 51 ? 2_629_000 : asTheSheetHasIt(appOctets);
  }

  private static BigDecimal minutes(Timetable timetable) {
    return BigDecimal.valueOf(timetable.backoffMicros())
        .divide(BigDecimal.valueOf(60_000_000), 2, RoundingMode.HALF_UP);
  }

  private static Exchange exchange(String name) {
    String sizes = name.substring(name.lastIndexOf(' ') + 1);
    return Exchange.alternating(
        name,
        Direction.UPLINK,
        Arrays.stream(sizes.split("/")).mapToInt(Integer::parseInt).toArray());
  }

  private static JsonNode row(String name) {
    return LorawanReference.part("published_backoff_table").get(name);
  }
}
