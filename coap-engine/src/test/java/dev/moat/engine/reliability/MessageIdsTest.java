package dev.moat.engine.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.testkit.InsecureSeededRandom;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class MessageIdsTest {
  private static final long LIFETIME = 1_000;

  private static MessageIds ids(long seed) {
    return new MessageIds(new InsecureSeededRandom(seed));
  }

  @Test
  void runThroughAllValuesWithoutRepeating() {
    MessageIds ids = ids(1);
    BitSet seen = new BitSet();
    for (int i = 0; i < 65_536; i++) {
      seen.set(ids.next(0, LIFETIME).orElseThrow());
    }
    assertThat(seen.cardinality()).isEqualTo(65_536);
    assertThat(ids.next(LIFETIME - 1, LIFETIME)).isEmpty();
    assertThat(ids.next(LIFETIME, LIFETIME)).isPresent();
  }

  @Test
  void neverRepeatWithinTheirLifetimeWhateverTheRate() {
    MessageIds ids = ids(2);
    long[] freeAt = new long[65_536];
    long now = -5_000;
    java.util.Arrays.fill(freeAt, now);
    for (int i = 0; i < 300_000; i++) {
      now += i % 100 == 0 ? 1 : 0;
      long lifetime = i % 3 == 0 ? LIFETIME : LIFETIME / 2;
      var id = ids.next(now, lifetime);
      if (id.isPresent()) {
        assertThat(freeAt[id.getAsInt()]).isLessThanOrEqualTo(now);
        freeAt[id.getAsInt()] = now + lifetime;
      }
    }
  }

  @Test
  void beginAnywhereAndDoNotCountUpwards() {
    assertThat(ids(1).next(0, 1)).isNotEqualTo(ids(2).next(0, 1));
    MessageIds ids = ids(3);
    int first = ids.next(0, 1).orElseThrow();
    int second = ids.next(0, 1).orElseThrow();
    int third = ids.next(0, 1).orElseThrow();
    assertThat(third - second).isNotEqualTo(second - first);
  }
}
