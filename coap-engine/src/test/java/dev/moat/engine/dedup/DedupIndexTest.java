package dev.moat.engine.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DedupIndexTest {
  private static final long SEED = 45;

  private final DedupIndex index = new DedupIndex();
  private final PeerMemory one = new PeerMemory(Peer.of(Bytes.of(192, 0, 2, 1), 5683));
  private final PeerMemory two = new PeerMemory(Peer.of(Bytes.of(192, 0, 2, 2), 5683));

  @Test
  void findsExactlyWhatWasAddedAndNotRemovedWhateverTheOrder() {
    Random random = new Random(SEED);
    Map<Integer, Remembered> model = new HashMap<>();
    for (int step = 0; step < 50_000; step++) {
      int messageId = random.nextInt(2_000);
      Remembered known = model.remove(messageId);
      if (known == null) {
        Remembered added = new Remembered(one, messageId, 0);
        index.add(added);
        model.put(messageId, added);
      } else {
        index.remove(known);
      }
      int asked = random.nextInt(2_000);
      assertThat(index.find(one, asked)).as("seed " + SEED).isSameAs(model.get(asked));
    }
    assertThat(index.size()).isEqualTo(model.size());
  }

  @Test
  void tellsPeersApartWhoseHashesAreEqual() {
    Remembered entry = new Remembered(one, 7, 0);
    index.add(entry);
    assertThat(one.keyedHash()).isEqualTo(two.keyedHash());
    assertThat(index.find(two, 7)).isNull();
    assertThat(index.find(one, 7)).isSameAs(entry);
  }

  @Test
  void refusesToRemoveWhatIsNotThere() {
    Remembered stranger = new Remembered(one, 8, 0);
    assertThatThrownBy(() -> index.remove(stranger)).isInstanceOf(IllegalStateException.class);
  }
}
