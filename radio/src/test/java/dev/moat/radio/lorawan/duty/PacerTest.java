package dev.moat.radio.lorawan.duty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.radio.lorawan.Region;
import dev.moat.radio.lorawan.SubBand;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PacerTest {
  private static final SubBand ONE_PERCENT = Region.EU868.defaultSubBand();
  private static final long HOUR = SubBand.HOUR_MICROS;

  /** The benchmark's packet. */
  private static final long PACKET = 2_793_472;

  @Nested
  @Tag("LK-109")
  class SlidingHour {
    private final DutyCycleLedger ledger = new DutyCycleLedger(ONE_PERCENT);

    @Test
    void lendsTheWholeShareToABurst() {
      ledger.sent(0, 36_000_000);
      assertThat(ledger.usedMicros(36_000_000)).isEqualTo(36_000_000);
      assertThat(ledger.leftMicros(36_000_000)).isZero();
      assertThat(ledger.earliestStart(36_000_000, 1)).isEqualTo(HOUR);
    }

    @Test
    void givesBackWhatLeavesTheHourMicrosecondByMicrosecond() {
      ledger.sent(0, 36_000_000);
      assertThat(ledger.earliestStart(40_000_000, 5_000_000)).isEqualTo(HOUR);
      assertThat(ledger.mayStart(HOUR - 1, 5_000_000)).isFalse();
      assertThat(ledger.mayStart(HOUR, 5_000_000)).isTrue();
      assertThat(ledger.usedMicros(HOUR + 1_000_000)).isEqualTo(35_000_000);
      assertThat(ledger.usedMicros(HOUR + 36_000_000)).isZero();
    }

    @Test
    void waitsForAsManyOldPacketsAsItTakes() {
      ledger.sent(0, 10_000_000);
      ledger.sent(100_000_000, 10_000_000);
      ledger.sent(200_000_000, 10_000_000);
      assertThat(ledger.earliestStart(300_000_000, 6_000_000)).isEqualTo(300_000_000);
      // 12 s more than fit: all of the first packet, and 2 s of the second.
      assertThat(ledger.earliestStart(300_000_000, 18_000_000))
          .isEqualTo(100_000_000 + 2_000_000 + HOUR - 18_000_000);
    }

    @Test
    void sendsOnePacketAtATime() {
      ledger.sent(0, 10_000_000);
      assertThat(ledger.mayStart(9_999_999, 1)).isFalse();
      assertThat(ledger.earliestStart(5, 1)).isEqualTo(10_000_000);
    }

    @Test
    void refusesAPacketThatIsTooEarly() {
      ledger.sent(0, 30_000_000);
      assertThatThrownBy(() -> ledger.sent(50_000_000, 7_000_000))
          .hasMessage(
              "a packet of 7000000 us may start at 3594000000 us at the earliest, not at 50000000"
                  + " us");
    }

    @Test
    void refusesAPacketThatNoHourAllows() {
      assertThat(ledger.mayStart(0, 36_000_001)).isFalse();
      assertThatThrownBy(() -> ledger.earliestStart(0, 36_000_001))
          .hasMessage(
              "a packet in 868.0-868.6 has 1 to 36000000 us, what an hour allows, not 36000001"
                  + " us");
      assertThatThrownBy(() -> ledger.sent(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToLookBackBehindTheLastPacket() {
      ledger.sent(0, 10);
      assertThatThrownBy(() -> ledger.usedMicros(9))
          .hasMessage("the last packet ends at 10 us, after 9 us");
    }

    @Test
    void isNeverOverdrawnInAnyHourNorStricterThanNeeded() {
      Seeded.check(60, PacerTest::keepsTheHour);
    }
  }

  @Nested
  @Tag("LK-113")
  class Silence {
    private final OffTime offTime = new OffTime(ONE_PERCENT);

    @Test
    void lasts99TimesTheAirTimeAtOnePercent() {
      offTime.sent(0, PACKET);
      assertThat(offTime.earliestStart(0, PACKET)).isEqualTo(100 * PACKET);
      assertThat(offTime.earliestStart(101 * PACKET, PACKET)).isEqualTo(101 * PACKET);
    }

    @Test
    void refusesAPacketWithinIt() {
      offTime.sent(0, 1_000);
      assertThatThrownBy(() -> offTime.sent(99_999, 1_000))
          .hasMessage(
              "a packet starts when the off time has passed, at 100000 us, not at 99999 us");
    }

    @Test
    @Tag("LK-109")
    void keepsTheLongRunAndYetOverdrawsAnHourByUpToAPacket() {
      List<long[]> packets = new ArrayList<>();
      for (int i = 0; i < 13; i++) {
        long start = offTime.earliestStart(0, PACKET);
        offTime.sent(start, PACKET);
        packets.add(new long[] {start, start + PACKET});
      }
      long used = used(packets, packets.get(12)[1]);
      assertThat(used).isEqualTo(13 * PACKET).isGreaterThan(ONE_PERCENT.budgetMicros());
      assertThat(used - ONE_PERCENT.budgetMicros()).isLessThan(PACKET);
    }
  }

  /**
   * Sends at arbitrary times as early as permitted and checks every window that could be fullest.
   */
  private static void keepsTheHour(Arbitrary arbitrary) {
    DutyCycleLedger ledger = new DutyCycleLedger(ONE_PERCENT);
    List<long[]> packets = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < 80; i++) {
      long air = arbitrary.between(1, arbitrary.chance(10) ? 36_000_000 : 3_000_000);
      now += arbitrary.chance(70) ? 0 : arbitrary.between(0, 1_000_000_000);
      long start = ledger.earliestStart(now, air);
      assertThat(ledger.mayStart(start, air)).isTrue();
      assertThat(start == now || !ledger.mayStart(start - 1, air)).isTrue();
      ledger.sent(start, air);
      packets.add(new long[] {start, start + air});
      now = start + air;
      assertThat(ledger.usedMicros(now)).isEqualTo(used(packets, now));
    }
    for (long[] packet : packets) {
      for (long end : new long[] {packet[0], packet[1], packet[0] + HOUR, packet[1] + HOUR}) {
        assertThat(used(packets, end)).isLessThanOrEqualTo(ONE_PERCENT.budgetMicros());
      }
    }
  }

  private static long used(List<long[]> packets, long end) {
    long used = 0;
    for (long[] packet : packets) {
      used += Math.max(0, Math.min(packet[1], end) - Math.max(packet[0], end - HOUR));
    }
    return used;
  }
}
