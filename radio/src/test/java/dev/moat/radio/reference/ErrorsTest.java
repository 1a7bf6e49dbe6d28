package dev.moat.radio.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.moat.radio.Direction;
import dev.moat.radio.Exchange;
import dev.moat.radio.lorawan.FrameHeader;
import dev.moat.radio.lorawan.air.Modulation;
import dev.moat.radio.lorawan.air.TimeOnAir;
import dev.moat.radio.nbiot.Coverage;
import dev.moat.radio.nbiot.NbiotCost;
import dev.moat.radio.nbiot.NbiotModel;
import dev.moat.radio.nbiot.PowerProfile;
import java.math.BigDecimal;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How published figures that are wrong came about: with their errors they come out as printed. */
class ErrorsTest {
  private static final Modulation SF12 = Modulation.lorawan(12, 125);

  /** 1.976 mJ and 17.854 mJ: a downlink at the power to send, and a sum without it. */
  @Test
  void sigmaRMultipliesADownlinkByThePowerToSendAndLeavesItOut() {
    Exchange exchange = Exchange.alternating("SIGMA-R", Direction.UPLINK, 39, 37, 85, 84);
    NbiotCost cost = NbiotModel.cost(exchange, Coverage.GOOD);
    double fourth = cost.messages().get(3).nanojoules() / 1e6;
    PowerProfile power = PowerProfile.benchmark();
    double ratio = (double) power.transmitMicrowatts() / power.receiveMicrowatts();
    assertThat(fourth * ratio).isCloseTo(1.976, within(0.0005));
    assertThat(cost.connectionMillijoule() - fourth).isCloseTo(17.854, within(0.0005));
  }

  /** 14.463 s: three packets of 51 octets at the 2.629 s of 47. */
  @Test
  void edhocRpkOnLorawanTakesTheTimeOfAShorterPacket() {
    long shorter = cutToMillis(TimeOnAir.micros(SF12, FrameHeader.OCTETS + 47, true));
    long others =
        IntStream.of(39, 120 - 2 * 51, 85 - 51)
            .mapToLong(octets -> TimeOnAir.micros(SF12, FrameHeader.OCTETS + octets, true))
            .map(ErrorsTest::cutToMillis)
            .sum();
    assertThat(3 * shorter + others).isEqualTo(14_463_000);
    assertThat(3 * 99 * shorter / 60e6).isCloseTo(13.01, within(0.005));
  }

  /** 6.42 s: 40, 47, 22 and 2 octets without LoRaWAN's 13, and the CRC on downlinks instead. */
  @Test
  void edhocInTheComparisonPaperHasNoHeaderAndTheWrongCrc() {
    long uplink = TimeOnAir.micros(SF12, 40, false) + TimeOnAir.micros(SF12, 22, false);
    long downlink = TimeOnAir.micros(SF12, 47, true) + TimeOnAir.micros(SF12, 2, true);
    assertThat((uplink + downlink) / 1e6).isCloseTo(6.42, within(0.005));
  }

  /** 30 octets: the draft's record has type, version, epoch, number, ID and length before CCM. */
  @Test
  void dtls12WithAConnectionIdLacksTheInnerContentType() {
    int nonceAndTag = 8 + 8;
    assertThat(1 + 2 + 2 + 6 + 1 + 2 + nonceAndTag).isEqualTo(30);
  }

  @Test
  void aFigureAgreesAtThePrintedPrecisionOnly() {
    Claims.Figure figure = new Claims.Figure(new BigDecimal("2.793472"), 3);
    assertThat(figure.agreesWith(new BigDecimal("2.793"))).isTrue();
    assertThat(figure.agreesWith(new BigDecimal("2.794"))).isFalse();
    assertThat(figure.agreesWith(new BigDecimal("2.7934"))).isFalse();
    Claims.Figure integer = new Claims.Figure(new BigDecimal("37"), 0);
    assertThat(integer.agreesWith(new BigDecimal("37"))).isTrue();
    assertThat(integer.agreesWith(new BigDecimal("38"))).isFalse();
  }

  private static long cutToMillis(long micros) {
    return micros / 1000 * 1000;
  }
}
