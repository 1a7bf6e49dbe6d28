package dev.moat.oscore.context;

import static dev.moat.oscore.Fixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.oscore.OscoreException;
import dev.moat.oscore.OscoreException.Reason;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.Seeded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SenderSequenceTest {
  @Test
  void countsFromZeroAndReservesOneBlockAtATime() throws Exception {
    DurableRecord record = new DurableRecord();
    SenderSequence sequence = new SenderSequence(record, 10);
    assertThat(record.writes).isZero();
    for (long expected = 0; expected < 25; expected++) {
      assertThat(sequence.next()).isEqualTo(expected);
    }
    assertThat(record.writes).isEqualTo(3);
  }

  @Test
  void neverGivesANumberTwiceAcrossCrashes() {
    Seeded.check(200, SenderSequenceTest::survivesCrashes);
  }

  private static void survivesCrashes(Arbitrary arbitrary) throws OscoreException {
    DurableRecord record = new DurableRecord();
    Set<Long> given = new HashSet<>();
    for (int process = 0; process < 20; process++) {
      SenderSequence sequence = new SenderSequence(record, arbitrary.between(1, 40));
      record.crashesIn = arbitrary.chance(30) ? arbitrary.between(0, 3) : Integer.MAX_VALUE;
      use(sequence, arbitrary.between(0, 100), given);
    }
    assertThat(given).hasSizeGreaterThan(100);
  }

  private static void use(SenderSequence sequence, int times, Set<Long> given)
      throws OscoreException {
    try {
      for (int i = 0; i < times; i++) {
        assertThat(given.add(sequence.next())).as("given for the first time").isTrue();
      }
    } catch (Crash endOfProcess) {
      return;
    }
  }

  @Test
  void endsWithTheHighestNumberBelow2To40() throws Exception {
    long last = SequenceReservations.LIMIT - 1;
    SenderSequence sequence = new SenderSequence(InsecureVolatileReservations.start(last - 2), 100);
    assertThat(List.of(sequence.next(), sequence.next(), sequence.next()))
        .containsExactly(last - 2, last - 1, last);
    assertRefused(Reason.SEQUENCE_EXHAUSTED, sequence::next);
    assertRefused(Reason.SEQUENCE_EXHAUSTED, sequence::next);
  }

  @ParameterizedTest
  @EnumSource(ReservationException.Reason.class)
  void givesNothingThatCouldNotBeReserved(ReservationException.Reason reason) {
    ReservationException failure = new ReservationException(reason, "told to fail");
    SenderSequence sequence =
        new SenderSequence(
            count -> {
              throw failure;
            });
    Reason expected =
        reason == ReservationException.Reason.EXHAUSTED
            ? Reason.SEQUENCE_EXHAUSTED
            : Reason.RESERVATION_FAILED;
    assertThatThrownBy(sequence::next)
        .isInstanceOf(OscoreException.class)
        .hasMessageContaining("told to fail")
        .hasCause(failure);
    assertRefused(expected, sequence::next);
  }

  @Test
  void refusesARecordThatWentBackInTime() throws Exception {
    DurableRecord record = new DurableRecord();
    SenderSequence sequence = new SenderSequence(record, 10);
    for (int i = 0; i < 10; i++) {
      assertThat(sequence.next()).isEqualTo(i);
    }
    record.next = 5;
    assertRefused(Reason.RESERVATION_FAILED, sequence::next);
  }

  @Test
  void givesEveryNumberToOneThreadOnly() throws Exception {
    SenderSequence sequence = new SenderSequence(InsecureVolatileReservations.start(0), 3);
    Set<Long> given = ConcurrentHashMap.newKeySet();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> counts = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        counts.add(threads.submit(() -> take(sequence, given)));
      }
      for (Future<Integer> count : counts) {
        assertThat(count.get()).isEqualTo(5000);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(given).hasSize(20_000);
  }

  private static int take(SenderSequence sequence, Set<Long> given) throws OscoreException {
    int taken = 0;
    for (int i = 0; i < 5000; i++) {
      taken += given.add(sequence.next()) ? 1 : 0;
    }
    return taken;
  }

  @Test
  void refusesBlocksAndRangesThatCannotBe() {
    assertThatThrownBy(() -> new SenderSequence(new DurableRecord(), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SequenceReservations.Reserved(-1, 4))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SequenceReservations.Reserved(4, 4))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SequenceReservations.Reserved(4, SequenceReservations.LIMIT + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> InsecureVolatileReservations.start(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> InsecureVolatileReservations.start(SequenceReservations.LIMIT + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Survives the processes that use it; a crash comes after the write, at the worst moment. */
  private static final class DurableRecord implements SequenceReservations {
    private long next;
    private int writes;
    private int crashesIn = Integer.MAX_VALUE;

    @Override
    public Reserved reserve(int count) {
      long start = next;
      next += count;
      writes++;
      if (crashesIn-- == 0) {
        throw new Crash();
      }
      return new Reserved(start, next);
    }
  }

  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
