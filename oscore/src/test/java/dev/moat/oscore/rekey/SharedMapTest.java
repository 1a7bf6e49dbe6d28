package dev.moat.oscore.rekey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedMapTest {
  private final SharedMap<String, Integer> map = new SharedMap<>();

  @Test
  void keepsTheFirstOfTwoEntriesWithOneKey() {
    assertThat(map.add("door", 1)).isTrue();
    assertThat(map.add("door", 2)).isFalse();
    assertThat(map.get("door")).isEqualTo(1);
  }

  @Test
  void forgetsWhatWasRemovedOnly() {
    assertThat(map.isEmpty()).isTrue();
    assertThat(map.add("door", 1)).isTrue();
    map.remove("window");
    assertThat(map.get("door")).isEqualTo(1);
    map.remove("door");
    assertThat(map.get("door")).isNull();
    assertThat(map.isEmpty()).isTrue();
  }
}
