package dev.moat.engine.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.moat.coap.service.Peer;
import dev.moat.testkit.Seeded;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PeerTableTest {
  private static final class Entry extends PeerEntry {
    private Entry(Peer peer) {
      super(peer);
    }
  }

  private static Peer peer(int number) {
    return new Peer(number / 7, number, number % 3, number % 2, number % 5);
  }

  @Test
  void keepsEntriesByPeerInOrderOfUse() {
    Seeded.check(
        30,
        arbitrary -> {
          PeerTable<Entry> table = new PeerTable<>(arbitrary.random().positiveLong());
          Map<Peer, Entry> model = new LinkedHashMap<>(16, 0.75f, true);
          for (int i = 0; i < 2_000; i++) {
            Peer peer = peer(arbitrary.between(0, 200));
            Entry known = table.find(peer);
            assertThat(known).isSameAs(model.get(peer));
            if (known == null) {
              Entry fresh = new Entry(peer);
              table.add(fresh);
              model.put(peer, fresh);
            } else if (arbitrary.chance(40)) {
              table.remove(known);
              model.remove(peer);
            } else {
              table.touch(known);
            }
            assertThat(table.size()).isEqualTo(model.size());
            assertThat(table.oldest())
                .isSameAs(model.isEmpty() ? null : model.values().iterator().next());
          }
        });
  }

  @Test
  void refusesToRemoveWhatItDoesNotHold() {
    PeerTable<Entry> table = new PeerTable<>(1);
    table.add(new Entry(peer(1)));
    assertThatIllegalStateException().isThrownBy(() -> table.remove(new Entry(peer(2))));
  }

  @Test
  void otherSeedsHashOtherwise() {
    Entry one = new Entry(peer(1));
    Entry other = new Entry(peer(1));
    new PeerTable<Entry>(1).add(one);
    new PeerTable<Entry>(2).add(other);
    assertThat(one.keyedHash()).isNotEqualTo(other.keyedHash());
    assertThat(one.peer()).isEqualTo(other.peer());
  }
}
