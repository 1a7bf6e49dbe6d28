package dev.moat.radio.lorawan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.radio.Direction;
import dev.moat.radio.lorawan.air.Signal;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegionTest {
  @ParameterizedTest
  @EnumSource
  void itsDataRatesAreInOrderAndFitTheLengthField(Region region) {
    assertThat(region.dataRates()).extracting(DataRate::number).isSorted().doesNotHaveDuplicates();
    for (DataRate rate : region.dataRates()) {
      assertThat(rate.maxAppOctets())
          .isBetween(1, Signal.MAX_PHY_OCTETS - FrameHeader.OCTETS)
          .isGreaterThanOrEqualTo(rate.maxAppOctetsWithRepeater());
      assertThat(region.dataRate(rate.number())).isEqualTo(rate);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyUplinkHasADownlinkAndASecondWindow(Region region) {
    assertThat(region.uplinkDataRates()).isNotEmpty();
    for (DataRate rate : region.uplinkDataRates()) {
      assertThat(region.dataRates()).contains(region.downlink(rate.number()));
    }
    assertThat(region.dataRates()).contains(region.secondWindowDataRate());
    assertThat(region.subBands())
        .contains(region.defaultSubBand(), region.secondWindowSubBand())
        .isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void noFullPacketOutlastsTheDwellTime(Region region) {
    for (DataRate rate : region.uplinkDataRates()) {
      long longest =
          rate.signal().frameMicros(FrameHeader.OCTETS + rate.maxAppOctets(), Direction.UPLINK);
      assertThat(longest)
          .isLessThanOrEqualTo(region.dwellTimeMicros(rate.number()).orElse(Long.MAX_VALUE));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPacketMoreThanTheTableAllowsOutlastsTheDwellTimeAtSlowDataRates(Region region) {
    for (DataRate rate : region.uplinkDataRates()) {
      OptionalLong dwellTime = region.dwellTimeMicros(rate.number());
      if (dwellTime.isPresent() && rate.maxAppOctets() < 200) {
        long tooLong =
            rate.signal()
                .frameMicros(FrameHeader.OCTETS + rate.maxAppOctets() + 1, Direction.UPLINK);
        assertThat(tooLong).as("%s %s", region, rate).isGreaterThan(dwellTime.getAsLong());
      }
    }
  }

  @Nested
  class NorthAmerica {
    @Test
    void answersOnWideChannels() {
      assertThat(Region.US915.downlink(0).toString()).isEqualTo("DR10 (SF10/500)");
      assertThat(Region.US915.downlink(3)).isEqualTo(Region.US915.downlink(4));
      assertThat(Region.US915.secondWindowDataRate().toString()).isEqualTo("DR8 (SF12/500)");
    }

    @Test
    void limitsTheTimeOfNarrowChannelsAndNoDutyCycle() {
      assertThat(Region.US915.dwellTimeMicros(0)).hasValue(400_000);
      assertThat(Region.US915.dwellTimeMicros(4)).isEmpty();
      assertThat(Region.US915.defaultSubBand().offMicros(400_000)).isZero();
    }

    @Test
    void carriesElevenOctetsAtItsSlowest() {
      LorawanSettings settings = new LorawanSettings(Region.US915, 0, 0);
      assertThat(settings.maxAppOctets(Direction.UPLINK)).isEqualTo(11);
      assertThat(settings.maxAppOctets(Direction.DOWNLINK)).isEqualTo(242);
      assertThat(settings.withRepeater().maxAppOctets(Direction.DOWNLINK)).isEqualTo(222);
    }
  }

  @Nested
  class Asia {
    @Test
    void carriesLessWithADwellTime() {
      assertThat(Region.AS923.dataRate(2).maxAppOctets()).isEqualTo(115);
      assertThat(Region.AS923_DWELL.dataRate(2).maxAppOctets()).isEqualTo(11);
      assertThat(Region.AS923.dwellTimeMicros(2)).isEmpty();
      assertThat(Region.AS923_DWELL.dwellTimeMicros(2)).hasValue(400_000);
    }

    @Test
    void hasNothingForTheSlowestDataRatesWithADwellTime() {
      assertThatThrownBy(() -> new LorawanSettings(Region.AS923_DWELL, 0, 0))
          .hasMessage("AS923_DWELL sends nothing with DR0 within the dwell time of 400 ms");
      long shortest =
          Region.AS923.dataRate(1).signal().frameMicros(FrameHeader.OCTETS, Direction.UPLINK);
      assertThat(shortest).isGreaterThan(400_000);
    }
  }

  @Nested
  class BadInput {
    @Test
    void namesTheDataRatesThereAre() {
      assertThatThrownBy(() -> new LorawanSettings(Region.EU868, 8, 0))
          .hasMessage(
              "EU868 has no data rate 8; uplinks use DR0, DR1, DR2, DR3, DR4, DR5, DR6, DR7");
      assertThatThrownBy(() -> new LorawanSettings(Region.US915, 8, 0))
          .hasMessage(
              "US915 uses DR8 (SF12/500) for downlinks only; uplinks use DR0, DR1, DR2, DR3, DR4");
      assertThatThrownBy(() -> Region.EU868.dataRate(-1))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesImpossibleSubBands() {
      assertThatThrownBy(() -> new SubBand("x", 868_000, 868_000, 100))
          .hasMessage("a sub-band's lower edge is below its upper edge, not 868000 kHz");
      assertThatThrownBy(() -> new SubBand("x", 1, 2, 0))
          .hasMessage("an inverse duty cycle is 1 or more, not 0");
    }
  }

  @Test
  @Tag("LK-109")
  void aDutyCycleOfOnePercentIs36SecondsAnHourAnd99TimesTheAirTimeOfSilence() {
    assertThat(Region.EU868.defaultSubBand().budgetMicros()).isEqualTo(36_000_000);
    assertThat(Region.EU868.defaultSubBand().offMicros(1_000)).isEqualTo(99_000);
    assertThat(Region.EU868.secondWindowSubBand().budgetMicros()).isEqualTo(360_000_000);
  }
}
