package dev.moat.engine.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.testkit.Seeded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DedupTableTest {
  private static final Bytes ANSWER = Bytes.owned(new byte[40]);
  private static final Peer ALICE = peer(1);
  private static final Peer BOB = peer(2);

  private DedupTable table = table(4, 1 << 20, 3, 1 << 20);

  private static DedupTable table(int entries, long octets, int perPeer, long octetsPerPeer) {
    return new DedupTable(new DedupLimits(entries, octets, perPeer, octetsPerPeer), 42);
  }

  private static Peer peer(int number) {
    return new Peer(0x2001_0db8L << 32, number, 5683, 0, 0);
  }

  private Remembered open(Peer peer, int id) {
    return Objects.requireNonNull(table.open(peer, id, 100));
  }

  private Remembered answered(Peer peer, int id, Retention retention) {
    Remembered entry = open(peer, id);
    table.conclude(entry, retention, ANSWER);
    return entry;
  }

  private boolean knows(Peer peer, int id) {
    return table.find(peer, id, 0) != null;
  }

  @Test
  void remembersUntilItExpires() {
    Remembered entry = open(ALICE, 1);
    assertThat(entry.inProgress()).isTrue();
    assertThat(entry.answer()).isEmpty();
    table.conclude(entry, Retention.PINNED, ANSWER);
    assertThat(entry.inProgress()).isFalse();
    assertThat(table.find(ALICE, 1, 99)).isSameAs(entry);
    assertThat(entry.answer()).contains(ANSWER);
    assertThat(table.find(ALICE, 2, 99)).isNull();
    assertThat(table.find(BOB, 1, 99)).isNull();
    assertThat(table.find(ALICE, 1, 100)).isNull();
    assertThat(table.size()).isZero();
    assertThat(table.octets()).isZero();
    assertThat(table.peers()).isZero();
  }

  @Test
  void whatIsInProgressNeverExpires() {
    open(ALICE, 1);
    assertThat(table.find(ALICE, 1, 1_000)).isNotNull();
    table.sweep(1_000);
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void sweepsWhatExpired() {
    answered(ALICE, 1, Retention.PINNED);
    answered(ALICE, 2, Retention.EVICTABLE);
    table.sweep(99);
    assertThat(table.size()).isEqualTo(2);
    table.sweep(100);
    assertThat(table.size()).isZero();
    assertThat(table.octets()).isZero();
  }

  @Test
  void theOldestEvictableMakesRoom() {
    answered(ALICE, 1, Retention.PINNED);
    answered(ALICE, 2, Retention.EVICTABLE);
    answered(BOB, 3, Retention.EVICTABLE);
    answered(BOB, 4, Retention.EVICTABLE);
    answered(BOB, 5, Retention.EVICTABLE);
    assertThat(knows(ALICE, 1)).isTrue();
    assertThat(knows(ALICE, 2)).isFalse();
    assertThat(knows(BOB, 3)).isTrue();
    assertThat(table.size()).isEqualTo(4);
  }

  @Test
  void aPeerMakesRoomForItselfFirst() {
    answered(BOB, 1, Retention.EVICTABLE);
    for (int id = 1; id <= 9; id++) {
      answered(ALICE, id, Retention.EVICTABLE);
    }
    assertThat(knows(BOB, 1)).isTrue();
    assertThat(knows(ALICE, 9)).isTrue();
    assertThat(knows(ALICE, 6)).isFalse();
    assertThat(table.size()).isEqualTo(4);
  }

  @Test
  void refusesWhenNothingMayMakeRoom() {
    for (int id = 1; id <= 3; id++) {
      answered(ALICE, id, Retention.PINNED);
    }
    assertThat(table.open(ALICE, 4, 100)).as("this peer is full").isNull();
    open(BOB, 1);
    assertThat(table.open(BOB, 2, 100)).as("all is full").isNull();
    assertThat(table.open(peer(3), 1, 100)).isNull();
    assertThat(table.peers()).isEqualTo(2);
  }

  @Test
  void octetsAreBoundedByDroppingAnswersNotEntries() {
    table = table(100, 600, 100, 1 << 20);
    answered(ALICE, 1, Retention.PINNED);
    Remembered large = open(ALICE, 2);
    table.conclude(large, Retention.PINNED, Bytes.owned(new byte[400]));
    assertThat(table.octets()).isLessThanOrEqualTo(600);
    assertThat(table.find(ALICE, 2, 0)).isSameAs(large);
    assertThat(large.answer()).isEmpty();
  }

  @Test
  void octetsOfOnePeerAreBoundedToo() {
    table = table(100, 1 << 20, 100, 450);
    for (int id = 1; id <= 9; id++) {
      answered(ALICE, id, Retention.EVICTABLE);
      assertThat(table.octets()).isLessThanOrEqualTo(450);
    }
    assertThat(knows(ALICE, 9)).isTrue();
    table = table(100, 1 << 20, 100, 320);
    Remembered large = open(ALICE, 1);
    table.conclude(large, Retention.PINNED, Bytes.owned(new byte[400]));
    assertThat(table.octets()).isLessThanOrEqualTo(320);
    assertThat(large.answer()).isEmpty();
  }

  @Test
  void evictsForOctetsInTotal() {
    table = table(100, 500, 100, 1 << 20);
    for (int id = 1; id <= 9; id++) {
      answered(peer(id), id, Retention.EVICTABLE);
      assertThat(table.octets()).isLessThanOrEqualTo(500);
    }
    assertThat(knows(peer(9), 9)).isTrue();
  }

  @Test
  void forgettingTwiceAndConcludingTwiceIsHarmless() {
    Remembered entry = answered(ALICE, 1, Retention.PINNED);
    table.conclude(entry, Retention.EVICTABLE);
    table.answerMeanwhile(entry, Bytes.of(1));
    assertThat(entry.answer()).contains(ANSWER);
    table.forget(entry);
    table.forget(entry);
    table.conclude(entry, Retention.PINNED);
    assertThat(table.size()).isZero();
  }

  @Test
  void behavesAsAMapUnderRandomUse() {
    Seeded.check(
        20,
        arbitrary -> {
          table = table(200, 1 << 20, 50, 1 << 20);
          Map<String, Remembered> model = new HashMap<>();
          List<Remembered> live = new ArrayList<>();
          for (int i = 0; i < 5_000; i++) {
            Peer peer = peer(arbitrary.between(1, 40));
            int id = arbitrary.between(0, 300);
            String key = peer + "#" + id;
            Remembered known = table.find(peer, id, i);
            if (known != null) {
              assertThat(known).isSameAs(model.get(key));
              if (arbitrary.chance(30)) {
                table.forget(known);
              }
              continue;
            }
            Remembered fresh = table.open(peer, id, i + 500L);
            if (fresh != null) {
              table.conclude(
                  fresh, arbitrary.chance(30) ? Retention.PINNED : Retention.EVICTABLE, ANSWER);
              model.put(key, fresh);
              live.add(fresh);
            }
            if (arbitrary.chance(5)) {
              table.sweep(i);
            }
            assertThat(table.size()).isLessThanOrEqualTo(200);
          }
          live.forEach(table::forget);
          assertThat(table.size()).isZero();
          assertThat(table.octets()).isZero();
          assertThat(table.peers()).isZero();
        });
  }
}
