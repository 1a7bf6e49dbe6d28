package dev.moat.edhoc.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.RandomSource;
import dev.moat.edhoc.EdhocException;
import dev.moat.testkit.Seeded;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Padding and GREASE (RFC 9528, Section 3.8.1; draft-ietf-lake-edhoc-grease). */
class EadPaddingTest {
  private final RandomSource random = Seeded.random();

  @Test
  void hasExactlyTheLengthThatIsAskedFor() throws EdhocException {
    for (int octets = 0; octets < 600; octets++) {
      EadItems padding = EadPadding.of(octets, random);
      assertThat(padding.encoded().length()).as("octets").isEqualTo(octets);
      assertThat(EadItems.decode(padding.encoded())).isEqualTo(padding);
      assertThat(padding.withoutPadding()).isEmpty();
      assertThat(padding.items().size()).isLessThanOrEqualTo(2);
    }
    assertThat(EadPadding.of(65_535, random).encoded().length()).isEqualTo(65_535);
  }

  @Test
  void needsTwoItemsWhereNoHeadHasTheLength() {
    for (int octets : List.of(26, 259)) {
      assertThat(EadPadding.of(octets, random).items()).hasSize(2);
    }
    for (int octets : List.of(1, 2, 3, 25, 27, 258, 260)) {
      assertThat(EadPadding.of(octets, random).items()).hasSize(1);
    }
  }

  @Test
  void fillsUpToALength() {
    assertThat(EadPadding.upTo(100, 37, random).encoded().length()).isEqualTo(63);
    assertThat(EadPadding.upTo(100, 100, random).isEmpty()).isTrue();
    assertThat(EadPadding.upTo(100, 101, random).isEmpty()).isTrue();
  }

  @Test
  void drawsItsValuesAtRandom() {
    assertThat(EadPadding.of(40, random)).isNotEqualTo(EadPadding.of(40, random));
  }

  @Test
  void refusesLengthsThatNoMessageHas() {
    assertThatThrownBy(() -> EadPadding.of(-1, random))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EadPadding.of(65_536, random))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void greasesOneMessageInAbout64() {
    int greased = 0;
    Set<Integer> labels = new HashSet<>();
    Set<Integer> lengths = new HashSet<>();
    for (int i = 0; i < 64_000; i++) {
      for (EadItem item : Grease.sometimes(random).items()) {
        greased++;
        assertThat(item.critical()).isFalse();
        labels.add(item.label());
        lengths.add(item.value().orElseThrow().length());
      }
    }
    assertThat(greased).isBetween(800, 1200);
    assertThat(labels).isEqualTo(Grease.labels());
    assertThat(lengths).hasSize(32).allMatch(octets -> octets >= 9 && octets <= 40);
  }

  @Test
  void neverSelectsASuiteOfGrease() {
    Set<Integer> seen = new HashSet<>();
    Set<Integer> places = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      List<Integer> greased = Grease.among(List.of(6, 2, 0), random);
      assertThat(greased).hasSize(4).containsSubsequence(6, 2, 0).endsWith(0);
      SuitesField field = SuitesField.selecting(greased, 0);
      assertThat(field.firstOf(List.of(0))).contains(0);
      seen.addAll(greased);
      places.add(indexOfGrease(greased));
    }
    assertThat(seen).containsAll(Grease.suites());
    assertThat(places).containsExactlyInAnyOrder(0, 1, 2);
  }

  private static int indexOfGrease(List<Integer> suites) {
    return suites.indexOf(
        suites.stream().filter(Grease.suites()::contains).findFirst().orElseThrow());
  }
}
