package dev.moat.radio.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.moat.radio.Direction;
import dev.moat.radio.Exchange;
import dev.moat.radio.nbiot.Coverage;
import dev.moat.radio.nbiot.NbiotModel;
import dev.moat.testkit.Seeded;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatteryLifeTest {
  private static final Duration DAY = Duration.ofDays(1);

  /** A device that only sleeps: 5 Wh over 0.015 mW are 38 years, as readers of TR 45.820 find. */
  @Test
  void sleepsThirtyEightYearsOnTheReferenceCell() {
    BatteryLife life = new BatteryLife(Cell.REFERENCE_5_WATT_HOURS, 0, DAY, 0.015);
    assertThat(life.years()).isCloseTo(38.03, within(0.01));
    assertThat(life.handshakeShare()).isZero();
    assertThat(life.yearsWithoutHandshakes()).isEqualTo(life.years());
  }

  @Test
  void losesByItselfWhatTheDataSheetSays() {
    Cell idle = new Cell("idle", 100, 1, 1, "test");
    double ninetyNinePercent =
        new BatteryLife(new Cell("full", 100, 1, 0, "test"), 0, DAY, 0.001).years();
    double life = new BatteryLife(idle, 0, DAY, 0.001).years();
    assertThat(ninetyNinePercent).isCloseTo(11.408, within(0.001));
    assertThat(life)
        .isCloseTo(Math.log1p(-Math.log(0.99) * 11.408) / -Math.log(0.99), within(0.01));
  }

  /** What is left after a year of small steps is what the formula says. */
  @Test
  void agreesWithSmallSteps() {
    Cell cell = Cell.CR2032;
    BatteryLife life = new BatteryLife(cell, 100, DAY, 0.003);
    double millijoules = cell.millijoules();
    double hours = 0;
    double lostPerHour = 1 - Math.pow(0.99, 1 / 8766.0);
    while (millijoules > 0) {
      millijoules -= life.meanMilliwatt() * 3600 + millijoules * lostPerHour;
      hours++;
    }
    assertThat(life.years()).isCloseTo(hours / 8766, within(0.001));
  }

  @Test
  @Tag("LK-106")
  void livesLongerWithTheSmallerHandshake() {
    Exchange edhoc = Exchange.alternating("EDHOC", Direction.UPLINK, 37, 45, 19);
    Exchange dtls = Exchange.alternating("DTLS 1.3", Direction.UPLINK, 185, 454, 255);
    BatteryLife lean = daily(NbiotModel.cost(edhoc, Coverage.BAD).totalMillijoule());
    BatteryLife fat = daily(NbiotModel.cost(dtls, Coverage.BAD).totalMillijoule());
    assertThat(lean.years()).isCloseTo(22.21, within(0.01));
    assertThat(fat.years()).isCloseTo(7.61, within(0.01));
    assertThat(lean.handshakeShare()).isCloseTo(0.416, within(0.001));
  }

  private static BatteryLife daily(double handshakeMillijoule) {
    return new BatteryLife(Cell.REFERENCE_5_WATT_HOURS, handshakeMillijoule, DAY, 0.015);
  }

  @Nested
  class Properties {
    @Test
    @Tag("LK-106")
    void neverLivesLongerForMoreEnergyMoreOftenOrMoreSleepPower() {
      Seeded.check(
          300,
          arbitrary -> {
            Cell cell = arbitrary.pick(Cell.presets());
            double millijoule = arbitrary.between(1, 10_000);
            Duration interval = Duration.ofSeconds(arbitrary.between(60, 10_000_000));
            double sleep = arbitrary.between(1, 1_000) / 1_000.0;
            double years = new BatteryLife(cell, millijoule, interval, sleep).years();
            assertThat(years).isPositive().isFinite();
            assertThat(new BatteryLife(cell, millijoule + 1, interval, sleep).years())
                .isLessThan(years);
            assertThat(new BatteryLife(cell, millijoule, interval.minusSeconds(1), sleep).years())
                .isLessThan(years);
            assertThat(new BatteryLife(cell, millijoule, interval, sleep + 0.001).years())
                .isLessThan(years);
            assertThat(new BatteryLife(cell, millijoule, interval, sleep).yearsWithoutHandshakes())
                .isGreaterThan(years);
          });
    }
  }

  @Nested
  class Nonsense {
    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesEnergiesAndPowersThatAreNone(double value) {
      assertThatThrownBy(() -> new BatteryLife(Cell.CR2032, value, DAY, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("handshakeMillijoule is " + value);
      assertThatThrownBy(() -> new BatteryLife(Cell.CR2032, 1, DAY, value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("sleepMilliwatt is " + value);
    }

    @Test
    void refusesIntervalsThatAreNone() {
      assertThatThrownBy(() -> new BatteryLife(Cell.CR2032, 1, Duration.ZERO, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("rekeyInterval is PT0S, and must be above 0");
      assertThatThrownBy(() -> new BatteryLife(Cell.CR2032, 1, DAY.negated(), 1))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesADeviceThatDrawsNothing() {
      assertThatThrownBy(() -> new BatteryLife(Cell.CR2032, 0, DAY, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("are both 0");
      BatteryLife awakeOnly = new BatteryLife(Cell.CR2032, 1, DAY, 0);
      assertThat(awakeOnly.handshakeShare()).isEqualTo(1);
      assertThatThrownBy(awakeOnly::yearsWithoutHandshakes)
          .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesPowersBeyondWhatCanBeComputed() {
      assertThatThrownBy(() -> new BatteryLife(Cell.CR2032, Double.MIN_VALUE, DAY, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the mean power in milliwatt is 0.0, and must be a finite number above 0.0");
      assertThatThrownBy(() -> new BatteryLife(Cell.CR2032, 1e308, Duration.ofNanos(1), 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("the mean power in milliwatt is Infinity");
      assertThatThrownBy(
              () -> new BatteryLife(Cell.CR2032, 1.7e308, Duration.ofSeconds(1), 1.7e308))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("the mean power in milliwatt is Infinity");
      for (Cell cell : List.of(Cell.CR2032, Cell.REFERENCE_5_WATT_HOURS)) {
        assertThatThrownBy(() -> new BatteryLife(cell, 0, DAY, Double.MIN_VALUE))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageEndingWith(
                "at a mean power of 4.9E-324 mW lasts longer than can be computed");
        BatteryLife hardlySleeping = new BatteryLife(cell, 1, DAY, Double.MIN_VALUE);
        assertThat(hardlySleeping.years()).isFinite().isPositive();
        assertThatThrownBy(hardlySleeping::yearsWithoutHandshakes)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageStartingWith("sleepMilliwatt is 4.9E-324");
      }
    }

    @Test
    void refusesCellsThatAreNone() {
      assertThatThrownBy(() -> new Cell("x", 0, 3, 1, "test"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("capacityMilliampereHours is 0.0");
      assertThatThrownBy(() -> new Cell("x", 1, Double.NaN, 1, "test"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("volts is NaN");
      assertThatThrownBy(() -> new Cell("x", Double.POSITIVE_INFINITY, 3, 1, "test"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new Cell("x", 1, 3, -1, "test"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("selfDischargePercentPerYear is -1.0");
      assertThatThrownBy(() -> new Cell("x", 1, 3, 100, "test"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith("must be below 100");
    }
  }

  @Test
  void everyPresetNamesItsSource() {
    assertThat(Cell.presets())
        .hasSize(4)
        .allSatisfy(cell -> assertThat(cell.source()).isNotBlank());
    assertThat(Cell.presets())
        .isSortedAccordingTo((a, b) -> Double.compare(a.millijoules(), b.millijoules()));
  }
}
