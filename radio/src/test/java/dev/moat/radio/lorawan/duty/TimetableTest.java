package dev.moat.radio.lorawan.duty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.radio.Direction;
import dev.moat.radio.lorawan.Region;
import dev.moat.radio.lorawan.SubBand;
import dev.moat.radio.lorawan.duty.Departure.Slot;
import dev.moat.radio.lorawan.duty.Frame.Purpose;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TimetableTest {
  private static final SubBand CHANNELS = Region.EU868.defaultSubBand();
  private static final SubBand STRONG = Region.EU868.secondWindowSubBand();
  private static final long HOUR = SubBand.HOUR_MICROS;

  @Test
  @Tag("LK-109")
  void theBusiestHourCountsThePartsOfFramesThatLieWithinIt() {
    Timetable timetable =
        new Timetable(
            List.of(
                departure(Direction.UPLINK, CHANNELS, 0, 1_000_000),
                departure(Direction.UPLINK, CHANNELS, 2_000_000, 1_000_000),
                departure(Direction.UPLINK, CHANNELS, HOUR, 2_250_000)));
    // The hour that ends with the third frame begins 0.25 s into the second.
    assertThat(timetable.busiestHourMicros(Direction.UPLINK, CHANNELS))
        .isEqualTo(2_250_000 + 750_000);
  }

  @Test
  @Tag("LK-109")
  void theBusiestHourNeedNotBeTheLast() {
    Timetable timetable =
        new Timetable(
            List.of(
                departure(Direction.UPLINK, CHANNELS, 0, 3_000_000),
                departure(Direction.UPLINK, CHANNELS, 2 * HOUR, 1_000_000)));
    assertThat(timetable.busiestHourMicros(Direction.UPLINK, CHANNELS)).isEqualTo(3_000_000);
  }

  @Test
  void theBusiestHourIsOneSendersInOneSubBand() {
    Timetable timetable =
        new Timetable(
            List.of(
                departure(Direction.UPLINK, CHANNELS, 0, 1),
                departure(Direction.DOWNLINK, CHANNELS, 10, 2),
                departure(Direction.DOWNLINK, STRONG, 20, 4)));
    assertThat(timetable.busiestHourMicros(Direction.UPLINK, CHANNELS)).isEqualTo(1);
    assertThat(timetable.busiestHourMicros(Direction.DOWNLINK, CHANNELS)).isEqualTo(2);
    assertThat(timetable.busiestHourMicros(Direction.DOWNLINK, STRONG)).isEqualTo(4);
    assertThat(timetable.completeMicros()).isEqualTo(24);
    assertThat(timetable.waitedMicros()).isEqualTo(24 - 7);
  }

  @Test
  @Tag("LK-113")
  void backOffIsWhatHoldsTheExchangeUpAndNotWhatHasPassedAnyway() {
    Timetable timetable =
        new Timetable(
            List.of(
                departure(Direction.UPLINK, CHANNELS, 0, 10),
                departure(Direction.UPLINK, CHANNELS, 1000, 10),
                departure(Direction.UPLINK, CHANNELS, 2001, 10)));
    assertThat(timetable.backoffMicros()).isEqualTo(990);
  }

  private static Departure departure(
      Direction direction, SubBand subBand, long startMicros, long airMicros) {
    return new Departure(
        new Frame("m", direction, Purpose.FIRST, 1), Slot.FREE, subBand, startMicros, airMicros);
  }
}
