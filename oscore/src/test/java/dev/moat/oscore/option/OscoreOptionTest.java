package dev.moat.oscore.option;

import static dev.moat.oscore.Fixture.assertRefused;
import static dev.moat.oscore.Fixture.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.OscoreException.Reason;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.Seeded;
import dev.moat.testkit.Vectors;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OscoreOptionTest {
  @Test
  void readsAndWritesTheOptionsOfTheVectors() throws Exception {
    List<JsonNode> cases = Vectors.load("oscore-option.json", node -> node);
    assertThat(cases).hasSize(13);
    for (JsonNode node : cases) {
      if (node.path("expected").asText().equals("ok")) {
        OscoreOption option = OscoreOption.decode(hex(node, "value"));
        assertThat(option).as("%s", node).isEqualTo(expected(node));
        assertThat(option.encode()).as("%s", node).isEqualTo(hex(node, "value"));
      } else {
        assertThatThrownBy(() -> OscoreOption.decode(hex(node, "value")))
            .as("%s", node)
            .isInstanceOf(OscoreException.class);
      }
    }
  }

  @Test
  void readsAndWritesTheExamplesOfSection63() throws Exception {
    List<JsonNode> cases = Vectors.load("oscore-rfc8613-appendix-c.json", node -> node);
    int checked = 0;
    for (JsonNode node : cases) {
      if (node.path("kind").asText().equals("oscore-option")) {
        Bytes value = hex(node, "oscore_option_value");
        assertThat(OscoreOption.decode(value)).isEqualTo(expected(node));
        assertThat(expected(node).encode()).isEqualTo(value);
        checked++;
      }
    }
    assertThat(checked).isEqualTo(5);
  }

  private static OscoreOption expected(JsonNode node) {
    return new OscoreOption(
        optional(node, "partial_iv"), optional(node, "kid"), optional(node, "kid_context"));
  }

  private static Optional<Bytes> optional(JsonNode node, String field) {
    return node.hasNonNull(field) ? Optional.of(hex(node, field)) : Optional.empty();
  }

  @Test
  void toleratesALoneZeroWhereTheValueShouldBeEmpty() throws Exception {
    assertThat(OscoreOption.decode(Bytes.of(0))).isEqualTo(OscoreOption.empty());
    assertThat(OscoreOption.empty().encode()).isEqualTo(Bytes.empty());
  }

  @Test
  void namesWhatIsWrong() {
    assertRefused(Reason.RESERVED_FLAG, () -> OscoreOption.decode(Bytes.hex("2905")));
    assertRefused(Reason.RESERVED_FLAG, () -> OscoreOption.decode(Bytes.hex("4905")));
    assertRefused(Reason.RESERVED_FLAG, () -> OscoreOption.decode(Bytes.hex("8905")));
    assertRefused(
        Reason.RESERVED_PARTIAL_IV_LENGTH, () -> OscoreOption.decode(Bytes.hex("06000000000000")));
    assertRefused(Reason.TRUNCATED_OPTION, () -> OscoreOption.decode(Bytes.hex("0201")));
    assertRefused(Reason.TRUNCATED_OPTION, () -> OscoreOption.decode(Bytes.hex("1105")));
    assertRefused(Reason.TRUNCATED_OPTION, () -> OscoreOption.decode(Bytes.hex("11050201")));
    assertRefused(Reason.TRAILING_OCTETS, () -> OscoreOption.decode(Bytes.hex("010507")));
    assertRefused(Reason.TRAILING_OCTETS, () -> OscoreOption.decode(Bytes.hex("0000")));
    assertRefused(Reason.PARTIAL_IV_NOT_MINIMAL, () -> OscoreOption.decode(Bytes.hex("0a000501")));
  }

  @Test
  void writesAPartialIvInItsShortestForm() {
    assertThat(OscoreOption.partialIv(0)).isEqualTo(Bytes.of(0));
    assertThat(OscoreOption.partialIv(255)).isEqualTo(Bytes.of(255));
    assertThat(OscoreOption.partialIv(256)).isEqualTo(Bytes.of(1, 0));
    assertThat(OscoreOption.partialIv((1L << 40) - 1)).isEqualTo(Bytes.hex("ffffffffff"));
    assertThatThrownBy(() -> OscoreOption.partialIv(1L << 40))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OscoreOption.partialIv(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cannotHoldWhatTheFormatCannotCarry() {
    for (String partialIv : List.of("", "0001", "0000", "010203040506")) {
      assertThatThrownBy(
              () ->
                  new OscoreOption(
                      Optional.of(Bytes.hex(partialIv)), Optional.empty(), Optional.empty()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    Optional<Bytes> tooLong = Optional.of(Bytes.owned(new byte[256]));
    assertThatThrownBy(() -> new OscoreOption(Optional.empty(), Optional.empty(), tooLong))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsBackWhatItWrites() {
    Seeded.check(500, OscoreOptionTest::readsBack);
  }

  private static void readsBack(Arbitrary arbitrary) throws OscoreException {
    long number = arbitrary.random().positiveLong() >>> arbitrary.between(23, 62);
    OscoreOption option =
        new OscoreOption(
            maybe(arbitrary, OscoreOption.partialIv(number)),
            maybe(arbitrary, arbitrary.bytes(7)),
            maybe(arbitrary, arbitrary.bytes(255)));
    assertThat(OscoreOption.decode(option.encode())).isEqualTo(option);
  }

  private static Optional<Bytes> maybe(Arbitrary arbitrary, Bytes value) {
    return arbitrary.chance(70) ? Optional.of(value) : Optional.empty();
  }

  @Test
  void writesBackWhatItReadsAndThrowsNothingElse() {
    Bytes sound = Bytes.hex("1b2000000837cbf3210017a2d30499");
    Seeded.check(2000, arbitrary -> writesBack(arbitrary.damaged(sound)));
    Seeded.check(2000, arbitrary -> writesBack(arbitrary.bytes(300)));
  }

  private static void writesBack(Bytes value) {
    OscoreOption option;
    try {
      option = OscoreOption.decode(value);
    } catch (OscoreException refused) {
      return;
    }
    Bytes canonical = value.equals(Bytes.of(0)) ? Bytes.empty() : value;
    assertThat(option.encode()).isEqualTo(canonical);
  }
}
