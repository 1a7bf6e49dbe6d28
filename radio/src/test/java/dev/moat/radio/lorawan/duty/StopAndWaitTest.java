package dev.moat.radio.lorawan.duty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.radio.Direction;
import dev.moat.radio.Exchange;
import dev.moat.radio.Message;
import dev.moat.radio.lorawan.LorawanCost;
import dev.moat.radio.lorawan.LorawanModel;
import dev.moat.radio.lorawan.LorawanSettings;
import dev.moat.radio.lorawan.Region;
import dev.moat.radio.lorawan.SubBand;
import dev.moat.radio.lorawan.duty.Departure.Slot;
import dev.moat.radio.lorawan.duty.Frame.Purpose;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StopAndWaitTest {
  private static final SubBand CHANNELS = Region.EU868.defaultSubBand();
  private static final SubBand STRONG = Region.EU868.secondWindowSubBand();

  /** EDHOC, method 3, credentials by reference. */
  private static final LorawanCost EDHOC = benchmark(Direction.UPLINK, 37, 45, 19);

  private static final long M1 = 2_301_952;
  private static final long M2 = 2_629_632;
  private static final long M3 = 1_810_432;

  @Nested
  @Tag("LK-113")
  class AtOnce {
    @Test
    void theAnswerLeavesAtOnceAndTheNextUplinkAfterTheDevicesOffTime() {
      Timetable timetable = StopAndWait.inOneSubBand().schedule(EDHOC);
      assertThat(timetable.departures())
          .extracting(Departure::startMicros)
          .containsExactly(0L, M1, 100 * M1);
      assertThat(timetable.completeMicros()).isEqualTo(100 * M1 + M3);
      assertThat(timetable.waitedMicros()).isEqualTo(99 * M1 - M2);
      assertThat(timetable.backoffMicros()).isEqualTo(99 * M1);
      assertThat(timetable.airMicros()).isEqualTo(EDHOC.airMicros());
      assertThat(timetable.airMicros(Direction.DOWNLINK)).isEqualTo(M2);
    }

    @Test
    @Tag("LK-111")
    void theShareOfAnHourLetsTheExchangePassInABurst() {
      Timetable timetable =
          new StopAndWait(Pacing.SLIDING_HOUR, Answers.AT_ONCE).schedule(EDHOC, Losses.each(2));
      assertThat(timetable.waitedMicros()).isZero();
      assertThat(timetable.completeMicros()).isEqualTo(3 * EDHOC.airMicros());
      assertThat(timetable.busiestHourMicros(Direction.UPLINK, CHANNELS))
          .isEqualTo(BurstBudget.draft().burstMicros(EDHOC.airMicros(Direction.UPLINK)))
          .isLessThan(36_000_000);
    }

    @Test
    void aLostPacketIsSentAgainAfterItsOffTime() {
      Timetable timetable =
          StopAndWait.inOneSubBand().schedule(EDHOC, packet -> packet == 0 ? 1 : 0);
      assertThat(timetable.departures())
          .extracting(one -> one.frame().purpose())
          .containsExactly(Purpose.FIRST, Purpose.AGAIN, Purpose.FIRST, Purpose.FIRST);
      assertThat(timetable.departures().get(1).startMicros()).isEqualTo(100 * M1);
      assertThat(timetable.frames(Purpose.AGAIN)).isEqualTo(1);
    }

    @Test
    void nothingToSendTakesNoTime() {
      Timetable timetable = StopAndWait.inOneSubBand().schedule(benchmark(Direction.UPLINK, 0));
      assertThat(timetable.completeMicros()).isZero();
      assertThat(timetable.busiestHourMicros(Direction.UPLINK, CHANNELS)).isZero();
    }
  }

  @Nested
  @Tag("LK-113")
  class InReceiveWindows {
    @Test
    void theAnswerComesInTheFirstWindow() {
      Timetable timetable = StopAndWait.classA().schedule(EDHOC);
      assertThat(timetable.departures())
          .extracting(Departure::slot)
          .containsExactly(Slot.FREE, Slot.RX1, Slot.FREE);
      assertThat(timetable.departures())
          .extracting(Departure::startMicros)
          .containsExactly(0L, M1 + 1_000_000, 100 * M1);
    }

    @Test
    void theSecondFragmentOfAnAnswerNeedsAWindowThatAnEmptyFrameOpens() {
      Timetable timetable = StopAndWait.classA().schedule(benchmark(Direction.UPLINK, 37, 58, 33));
      assertThat(purposes(timetable))
          .containsExactly(
              Purpose.FIRST, Purpose.FIRST, Purpose.POLL, Purpose.FIRST, Purpose.FIRST);
      Departure poll = timetable.departures().get(2);
      assertThat(poll.airMicros()).isEqualTo(1_155_072);
      assertThat(poll.startMicros()).isEqualTo(100 * M1);
      Departure second = timetable.departures().get(3);
      assertThat(second.slot()).as("the gateway is silent in the first").isEqualTo(Slot.RX2);
      assertThat(second.subBand()).isEqualTo(STRONG);
      assertThat(second.startMicros()).isEqualTo(poll.endMicros() + 2_000_000);
    }

    @Test
    void manyFragmentsAreFasterThanThePublishedLowerBoundThanksToTheSecondWindow() {
      LorawanCost signed = benchmark(Direction.UPLINK, 37, 115, 90);
      assertThat(StopAndWait.classA().schedule(signed).completeMicros())
          .isLessThan(StopAndWait.inOneSubBand().schedule(signed).completeMicros());
    }

    @Test
    void anExchangeThatTheNetworkBeginsWaitsForAnUplink() {
      Timetable timetable =
          StopAndWait.classA().schedule(benchmark(Direction.DOWNLINK, 37, 45, 19));
      assertThat(purposes(timetable)).startsWith(Purpose.POLL, Purpose.FIRST);
    }

    @Test
    void theNextFragmentLeavesWhenBothWindowsHavePassed() {
      LorawanSettings america = new LorawanSettings(Region.US915, 0, 0);
      LorawanCost cost =
          LorawanModel.cost(Exchange.alternating("x", Direction.UPLINK, 22), america);
      Timetable timetable = StopAndWait.classA().schedule(cost);
      assertThat(timetable.departures().get(1).startMicros())
          .isEqualTo(timetable.departures().get(0).endMicros() + 2_000_000);
      assertThat(timetable.backoffMicros()).isZero();
    }

    @Test
    void aLostUplinkIsSentAgainAfterWindowsAndTimeout() {
      LorawanSettings america = new LorawanSettings(Region.US915, 0, 0);
      LorawanCost cost =
          LorawanModel.cost(Exchange.alternating("x", Direction.UPLINK, 11, 11), america);
      Timetable timetable = StopAndWait.classA().schedule(cost, packet -> packet == 0 ? 1 : 0);
      assertThat(purposes(timetable)).containsExactly(Purpose.FIRST, Purpose.AGAIN, Purpose.FIRST);
      assertThat(timetable.departures().get(1).startMicros())
          .isEqualTo(timetable.departures().get(0).endMicros() + 4_000_000);
      assertThat(timetable.departures().get(2).slot()).isEqualTo(Slot.RX1);
    }

    @Test
    void aLostDownlinkNeedsAnotherWindow() {
      Timetable timetable = StopAndWait.classA().schedule(EDHOC, packet -> packet == 1 ? 1 : 0);
      assertThat(purposes(timetable))
          .containsExactly(
              Purpose.FIRST, Purpose.FIRST, Purpose.POLL, Purpose.AGAIN, Purpose.FIRST);
    }

    @Test
    void afterALostDownlinkBothWindowsAndTheTimeoutPass() {
      LorawanSettings america = new LorawanSettings(Region.US915, 3, 0);
      LorawanCost cost =
          LorawanModel.cost(Exchange.alternating("x", Direction.UPLINK, 10, 10), america);
      Timetable timetable = StopAndWait.classA().schedule(cost, packet -> packet == 1 ? 1 : 0);
      assertThat(purposes(timetable))
          .containsExactly(Purpose.FIRST, Purpose.FIRST, Purpose.POLL, Purpose.AGAIN);
      assertThat(timetable.departures().get(0).endMicros()).isEqualTo(61_696);
      assertThat(timetable.departures().get(1).slot()).isEqualTo(Slot.RX1);
      assertThat(timetable.departures().get(2).startMicros()).isEqualTo(4_061_696);
    }

    @Test
    void aDownlinkLostInTheSecondWindowIsWaitedForToItsEnd() {
      Timetable timetable =
          StopAndWait.classA()
              .schedule(
                  LorawanModel.cost(
                      new Exchange(
                          "x",
                          List.of(
                              new Message("a", Direction.DOWNLINK, 40),
                              new Message("b", Direction.DOWNLINK, 40))),
                      new LorawanSettings(Region.EU868, 5, 0)),
                  packet -> packet == 1 ? 1 : 0);
      Departure lost = timetable.departures().get(3);
      assertThat(lost.slot()).isEqualTo(Slot.RX2);
      assertThat(timetable.departures().get(4).frame().purpose()).isEqualTo(Purpose.POLL);
      assertThat(timetable.departures().get(4).startMicros())
          .isGreaterThanOrEqualTo(lost.endMicros() + 2_000_000);
    }

    @Test
    void aDownlinkTooLargeForTheSecondWindowWaitsForAFirst() {
      LorawanSettings fast = new LorawanSettings(Region.EU868, 5, 0);
      Exchange exchange =
          new Exchange(
              "x",
              List.of(
                  new Message("a", Direction.UPLINK, 1),
                  new Message("b", Direction.DOWNLINK, 242),
                  new Message("c", Direction.DOWNLINK, 242)));
      Timetable timetable = StopAndWait.classA().schedule(LorawanModel.cost(exchange, fast));
      assertThat(timetable.departures())
          .filteredOn(one -> one.frame().direction() == Direction.DOWNLINK)
          .extracting(Departure::slot)
          .containsExactly(Slot.RX1, Slot.RX1);
      assertThat(timetable.frames(Purpose.POLL)).isGreaterThan(1);
    }

    @Test
    void aDownlinkThatJustFitsTheSecondWindowTakesIt() {
      assertThat(slotOfTheSecondOf(51, 0)).isEqualTo(Slot.RX2);
      assertThat(slotOfTheSecondOf(52, 0)).isEqualTo(Slot.RX1);
      assertThat(slotOfTheSecondOf(36, 15)).isEqualTo(Slot.RX2);
      assertThat(slotOfTheSecondOf(37, 15)).isEqualTo(Slot.RX1);
    }

    @Test
    void anEmptyFrameCarriesMacCommandsToo() {
      LorawanSettings settings = new LorawanSettings(Region.EU868, 0, 15);
      LorawanCost cost =
          LorawanModel.cost(Exchange.alternating("x", Direction.DOWNLINK, 1), settings);
      assertThat(StopAndWait.classA().schedule(cost).departures().get(0).airMicros())
          .isEqualTo(
              settings.dataRate(Direction.UPLINK).signal().frameMicros(27, Direction.UPLINK));
    }

    @Test
    @Tag("LK-109")
    void theHandshakeWithTwoRetransmissionsStaysWithinItsShareOfAnHour() {
      Timetable timetable = StopAndWait.classA().schedule(EDHOC, Losses.each(2));
      assertThat(timetable.busiestHourMicros(Direction.UPLINK, CHANNELS))
          .isLessThanOrEqualTo(36_000_000);
    }
  }

  @Nested
  class Properties {
    @Test
    void framesNeverOverlapAndEachPacketArrivesOnce() {
      Seeded.check(
          120,
          arbitrary -> {
            LorawanCost cost = cost(arbitrary);
            Timetable timetable = rules(arbitrary).schedule(cost, losses(arbitrary));
            long end = 0;
            for (Departure one : timetable.departures()) {
              assertThat(one.startMicros()).isGreaterThanOrEqualTo(end);
              end = one.endMicros();
            }
            assertThat(timetable.frames(Purpose.FIRST)).isEqualTo(cost.packets());
            assertThat(timetable.waitedMicros()).isNotNegative();
          });
    }

    @Test
    @Tag("LK-109")
    void aSlidingHourIsNeverOverdrawn() {
      Seeded.check(
          80,
          arbitrary -> {
            Timetable timetable =
                new StopAndWait(
                        Pacing.SLIDING_HOUR, arbitrary.pick(Arrays.asList(Answers.values())))
                    .schedule(cost(arbitrary), losses(arbitrary));
            for (Departure one : timetable.departures()) {
              assertThat(timetable.busiestHourMicros(one.frame().direction(), one.subBand()))
                  .isLessThanOrEqualTo(one.subBand().budgetMicros());
            }
          });
    }

    @Test
    @Tag("LK-113")
    void offTimesAreKeptPerSenderAndSubBand() {
      Seeded.check(
          80,
          arbitrary -> {
            Answers answers = arbitrary.pick(Arrays.asList(Answers.values()));
            Timetable timetable =
                new StopAndWait(Pacing.OFF_TIME, answers)
                    .schedule(cost(arbitrary), losses(arbitrary));
            Map<Direction, Map<SubBand, Departure>> last = new EnumMap<>(Direction.class);
            for (Departure one : timetable.departures()) {
              Departure before =
                  last.computeIfAbsent(one.frame().direction(), key -> new java.util.HashMap<>())
                      .put(one.subBand(), one);
              if (before != null) {
                assertThat(one.startMicros())
                    .isGreaterThanOrEqualTo(before.endMicros() + before.offMicros());
              }
            }
          });
    }

    @Test
    void downlinksStartExactlyWhenAWindowOpens() {
      Seeded.check(
          80,
          arbitrary -> {
            Timetable timetable =
                new StopAndWait(
                        arbitrary.pick(Arrays.asList(Pacing.values())), Answers.IN_RECEIVE_WINDOWS)
                    .schedule(cost(arbitrary), losses(arbitrary));
            List<Departure> departures = timetable.departures();
            for (int i = 0; i < departures.size(); i++) {
              if (departures.get(i).frame().direction() == Direction.DOWNLINK) {
                Departure uplink = departures.get(i - 1);
                assertThat(uplink.frame().direction()).isEqualTo(Direction.UPLINK);
                long delay = departures.get(i).startMicros() - uplink.endMicros();
                assertThat(delay)
                    .isEqualTo(departures.get(i).slot() == Slot.RX1 ? 1_000_000 : 2_000_000);
              }
            }
          });
    }

    @Test
    void aRetransmissionMoreNeverMakesItFaster() {
      for (StopAndWait rules : List.of(StopAndWait.inOneSubBand(), StopAndWait.classA())) {
        List<Long> ends =
            IntStream.range(0, 4)
                .mapToObj(n -> rules.schedule(EDHOC, Losses.each(n)).completeMicros())
                .toList();
        assertThat(ends).isSorted().doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void refusesNegativeRetransmissions() {
    assertThatThrownBy(() -> Losses.each(-1))
        .hasMessage("there are 0 retransmissions or more, not -1");
  }

  /** Of two downlinks at a fast data rate, right after each other. */
  private static Slot slotOfTheSecondOf(int octets, int fOptsOctets) {
    Exchange exchange =
        new Exchange(
            "x",
            List.of(
                new Message("a", Direction.DOWNLINK, octets),
                new Message("b", Direction.DOWNLINK, octets)));
    LorawanCost cost =
        LorawanModel.cost(exchange, new LorawanSettings(Region.EU868, 5, fOptsOctets));
    List<Departure> departures = StopAndWait.classA().schedule(cost).departures();
    return departures.get(departures.size() - 1).slot();
  }

  private static List<Purpose> purposes(Timetable timetable) {
    return timetable.departures().stream().map(one -> one.frame().purpose()).toList();
  }

  private static LorawanCost benchmark(Direction first, int... octets) {
    return LorawanModel.cost(Exchange.alternating("x", first, octets), LorawanSettings.benchmark());
  }

  private static LorawanCost cost(Arbitrary arbitrary) {
    Region region = arbitrary.pick(Arrays.asList(Region.values()));
    int rate = arbitrary.pick(region.uplinkDataRates()).number();
    List<Message> messages = new ArrayList<>();
    for (int left = arbitrary.between(1, 6); left > 0; left--) {
      Direction direction = arbitrary.pick(Arrays.asList(Direction.values()));
      messages.add(new Message("m" + left, direction, arbitrary.between(0, 400)));
    }
    return LorawanModel.cost(
        new Exchange("x", messages), new LorawanSettings(region, rate, arbitrary.between(0, 5)));
  }

  private static StopAndWait rules(Arbitrary arbitrary) {
    return new StopAndWait(
        arbitrary.pick(Arrays.asList(Pacing.values())),
        arbitrary.pick(Arrays.asList(Answers.values())));
  }

  private static Losses losses(Arbitrary arbitrary) {
    int[] lost = IntStream.range(0, 64).map(i -> arbitrary.chance(25) ? 1 : 0).toArray();
    return packet -> lost[packet % lost.length];
  }
}
