package dev.moat.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class ReadersAndWritersTest {
  @Test
  void readBackWhatWasWritten() {
    Bytes written =
        new ByteWriter(1)
            .u8(0x1ff)
            .u16(0x1_0203)
            .uint(-1L, 8)
            .uint(0x0a0b0c, 3)
            .bytes(Bytes.owned(new byte[100]))
            .toBytes();
    ByteReader reader = new ByteReader(written);
    assertThat(reader.peek()).isEqualTo(0xff);
    assertThat(reader.u8()).isEqualTo(0xff);
    assertThat(reader.u16()).isEqualTo(0x0203);
    assertThat(reader.uint(8)).isEqualTo(-1L);
    assertThat(reader.uint(3)).isEqualTo(0x0a0b0c);
    assertThat(reader.position()).isEqualTo(14);
    assertThat(reader.remaining()).isEqualTo(100);
    assertThat(reader.bytes(99).length()).isEqualTo(99);
    assertThat(reader.rest()).isEqualTo(Bytes.of(0));
    assertThat(reader.remaining()).isZero();
  }

  @Test
  void doNotMoveBehindTheEnd() {
    ByteReader reader = new ByteReader(Bytes.of(1));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(reader::u16);
    assertThat(reader.u8()).isEqualTo(1);
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(reader::u8);
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(reader::peek);
    assertThat(reader.position()).isEqualTo(1);
  }

  @Test
  void growAsNeeded() {
    ByteWriter writer = new ByteWriter(0);
    for (int i = 0; i < 1000; i++) {
      writer.u8(i);
    }
    assertThat(writer.length()).isEqualTo(1000);
    assertThat(writer.toBytes().at(999)).isEqualTo(999 & 0xff);
  }
}
