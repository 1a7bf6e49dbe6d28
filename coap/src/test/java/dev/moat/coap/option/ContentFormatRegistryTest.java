package dev.moat.coap.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ContentFormatRegistryTest {
  private final ContentFormatRegistry registry = ContentFormatRegistry.standard();

  @Test
  void knowsTheNumbersThatTheIssueNames() {
    assertThat(registry.nameOf(0)).isEqualTo("text/plain; charset=utf-8");
    assertThat(registry.nameOf(40)).isEqualTo("application/link-format");
    assertThat(registry.nameOf(50)).isEqualTo("application/json");
    assertThat(registry.nameOf(60)).isEqualTo("application/cbor");
    assertThat(registry.nameOf(61)).isEqualTo("application/cwt");
    assertThat(registry.nameOf(64)).isEqualTo("application/edhoc+cbor-seq");
    assertThat(registry.nameOf(65)).isEqualTo("application/cid-edhoc+cbor-seq");
    assertThat(registry.nameOf(101)).isEqualTo("application/cose-key");
    assertThat(registry.nameOf(102)).isEqualTo("application/cose-key-set");
    assertThat(registry.nameOf(10001)).isEqualTo("application/oscore");
    assertThat(registry.nameOf(11060)).isEqualTo("application/cbor (deflate)");
    assertThat(registry.nameOf(9)).isEqualTo("9");
    assertThat(registry.find(-1)).isEmpty();
    assertThat(registry.find(65536)).isEmpty();
  }

  @Test
  void findsANumberByMediaTypeHoweverItIsWritten() {
    assertThat(number("text/plain")).isEqualTo(0);
    assertThat(number("Text/Plain;charset=UTF-8")).isEqualTo(0);
    assertThat(number("application/json")).isEqualTo(50);
    assertThat(number("application/cose")).isEqualTo(16);
    assertThat(number("application/cose;cose-type=cose-sign1")).isEqualTo(18);
    assertThat(registry.byName("text/nothing")).isEmpty();
  }

  @Test
  void findsEveryFormatByItsOwnName() {
    assertThat(registry.formats())
        .hasSizeGreaterThan(50)
        .filteredOn(format -> format.contentCoding().isEmpty())
        .allSatisfy(format -> assertThat(registry.byName(format.mediaType())).contains(format));
  }

  @Test
  void takesAUsersFormat() {
    ContentFormat own = ContentFormat.of(65000, "application/x-own");
    assertThat(registry.with(own).byName("application/x-own")).contains(own);
    assertThat(registry.find(65000)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContentFormat.of(65536, "x/y"))
        .withMessageContaining("16-bit");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContentFormat.of(-1, "x/y"))
        .withMessageContaining("16-bit");
  }

  private int number(String mediaType) {
    return registry.byName(mediaType).orElseThrow().number();
  }
}
