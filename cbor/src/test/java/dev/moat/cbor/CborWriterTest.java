package dev.moat.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import org.junit.jupiter.api.Test;

class CborWriterTest {
  @Test
  void writesTheExamplesOfRfc8949() {
    assertThat(integer(0)).isEqualTo("00");
    assertThat(integer(23)).isEqualTo("17");
    assertThat(integer(24)).isEqualTo("1818");
    assertThat(integer(255)).isEqualTo("18ff");
    assertThat(integer(256)).isEqualTo("190100");
    assertThat(integer(1_000_000)).isEqualTo("1a000f4240");
    assertThat(integer(1_000_000_000_000L)).isEqualTo("1b000000e8d4a51000");
    assertThat(integer(-1)).isEqualTo("20");
    assertThat(integer(-1000)).isEqualTo("3903e7");
    assertThat(integer(Long.MIN_VALUE)).isEqualTo("3b7fffffffffffffff");
    assertThat(new CborWriter().bool(false).bool(true).nothing().simple(23).toBytes())
        .hasToString("f4f5f6f7");
    assertThat(new CborWriter().simple(255).toBytes()).hasToString("f8ff");
    assertThat(new CborWriter().tag(23).bytes(Bytes.of(1, 2)).toBytes()).hasToString("d7420102");
    assertThat(new CborWriter().array(2).text("a").text("").toBytes()).hasToString("82616160");
  }

  @Test
  void sortsMapKeysByTheirEncoding() {
    Bytes map =
        new CborWriter()
            .map(
                entries ->
                    entries
                        .put("aa", value -> value.integer(1))
                        .put("z", value -> value.integer(2))
                        .put(-1, value -> value.integer(3))
                        .put(100, value -> value.integer(4))
                        .put(10, value -> value.integer(5)))
            .toBytes();
    // The order of the example in RFC 8949, Section 4.2.1.
    assertThat(map).hasToString("a5" + "0a05" + "186404" + "2003" + "617a02" + "62616101");
  }

  @Test
  void refusesWhatHasNoEncoding() {
    CborWriter writer = new CborWriter();
    assertThatIllegalArgumentException().isThrownBy(() -> writer.simple(24));
    assertThatIllegalArgumentException().isThrownBy(() -> writer.simple(31));
    assertThatIllegalArgumentException().isThrownBy(() -> writer.simple(256));
    assertThatIllegalArgumentException().isThrownBy(() -> writer.simple(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> writer.tag(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> writer.array(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> writer.map(map -> map.put(1, CborWriter::nothing).put(1, CborWriter::nothing)))
        .withMessageContaining("twice");
  }

  private static String integer(long value) {
    return new CborWriter().integer(value).toBytes().toString();
  }
}
