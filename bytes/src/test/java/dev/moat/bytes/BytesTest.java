package dev.moat.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BytesTest {
  @Nested
  class Making {
    @Test
    void copiesWhatItDoesNotOwn() {
      byte[] source = {1, 2, 3};
      Bytes copy = Bytes.copyOf(source);
      Bytes part = Bytes.copyOf(source, 1, 2);
      source[1] = 9;
      assertThat(copy).isEqualTo(Bytes.of(1, 2, 3));
      assertThat(part).isEqualTo(Bytes.of(2, 3));
    }

    @Test
    void sharesWhatItOwns() {
      byte[] source = {1, 2, 3};
      Bytes owned = Bytes.owned(source, 1, 2);
      source[1] = 9;
      assertThat(owned).isEqualTo(Bytes.of(9, 3));
    }

    @Test
    void hasOneEmptyValue() {
      assertThat(Bytes.copyOf(new byte[0])).isSameAs(Bytes.empty());
      assertThat(Bytes.copyOf(new byte[1], 1, 0)).isSameAs(Bytes.empty());
      assertThat(Bytes.owned(new byte[0])).isSameAs(Bytes.empty());
      assertThat(Bytes.owned(new byte[3], 2, 0)).isSameAs(Bytes.empty());
      assertThat(Bytes.of(1).slice(1, 1)).isSameAs(Bytes.empty());
      assertThat(Bytes.empty().isEmpty()).isTrue();
      assertThat(Bytes.of(0).isEmpty()).isFalse();
    }

    @Test
    void refusesRegionsOutsideTheArray() {
      assertRefused(() -> Bytes.owned(new byte[3], -1, 1));
      assertRefused(() -> Bytes.owned(new byte[3], 1, -1));
      assertRefused(() -> Bytes.owned(new byte[3], 2, 2));
      assertRefused(() -> Bytes.owned(new byte[3], Integer.MAX_VALUE, 1));
    }

    @Test
    void readsHexadecimalDigitsInEitherCase() {
      assertThat(Bytes.hex("00fFAb")).isEqualTo(Bytes.of(0, 255, 0xab)).hasToString("00ffab");
      assertRefused(() -> Bytes.hex("0"));
      assertRefused(() -> Bytes.hex("0g"));
      assertRefused(() -> Bytes.hex("0x"));
      assertRefused(() -> Bytes.hex("\uff11\uff11"));
    }
  }

  @Nested
  class Integers {
    @ParameterizedTest
    @CsvSource({
      "0,''",
      "1,01",
      "255,ff",
      "256,0100",
      "65535,ffff",
      "9223372036854775807,7fffffffffffffff"
    })
    void haveAShortestForm(long value, String hex) {
      assertThat(Bytes.uint(value)).hasToString(hex);
      assertThat(Bytes.uint(value).toUint()).isEqualTo(value);
    }

    @Test
    void acceptLeadingZerosAndRefuseMoreThan63Bits() {
      assertThat(Bytes.hex("00000000000000000001").toUint()).isEqualTo(1);
      assertRefused(() -> Bytes.hex("8000000000000000").toUint());
      assertRefused(() -> Bytes.hex("010000000000000000").toUint());
      assertRefused(() -> Bytes.uint(-1));
    }
  }

  @Nested
  class Views {
    private final Bytes view = Bytes.of(0, 1, 2, 3, 4).slice(1, 4);

    @Test
    void seeOnlyTheirOwnOctets() {
      assertThat(view.length()).isEqualTo(3);
      assertThat(view.at(0)).isEqualTo(1);
      assertThat(view.slice(1, 3)).isEqualTo(Bytes.of(2, 3));
      assertThat(view.toArray()).containsExactly(1, 2, 3);
      assertThat(view.plus(Bytes.of(9))).isEqualTo(Bytes.of(1, 2, 3, 9));
      byte[] target = new byte[5];
      view.copyTo(target, 1);
      assertThat(target).containsExactly(0, 1, 2, 3, 0);
    }

    @Test
    void refuseIndexesOfTheArrayBehindThem() {
      assertOutOfBounds(() -> view.at(3));
      assertOutOfBounds(() -> view.at(-1));
      assertOutOfBounds(() -> view.slice(-1, 1));
      assertOutOfBounds(() -> view.slice(2, 1));
      assertOutOfBounds(() -> view.slice(0, 4));
    }

    @Test
    void compactToKeepNothingElseAlive() {
      assertThat(view.compact()).isEqualTo(view).isNotSameAs(view);
      Bytes whole = Bytes.of(1, 2);
      assertThat(whole.compact()).isSameAs(whole);
    }

    @Test
    void giveBuffersThatCannotBeWritten() {
      ByteBuffer buffer = view.asReadOnlyBuffer();
      assertThat(buffer.remaining()).isEqualTo(3);
      assertThat(buffer.get(0)).isEqualTo((byte) 1);
      assertThatExceptionOfType(ReadOnlyBufferException.class)
          .isThrownBy(() -> buffer.put(0, (byte) 9));
    }

    @Test
    void areEqualByContent() {
      assertThat(view).isEqualTo(Bytes.of(1, 2, 3)).hasSameHashCodeAs(Bytes.of(1, 2, 3));
      assertThat(view).isNotEqualTo(Bytes.of(1, 2)).isNotEqualTo("010203");
    }

    @Test
    void compareAsUnsignedOctets() {
      assertThat(Bytes.of(0x80)).isGreaterThan(Bytes.of(0x7f));
      assertThat(Bytes.of(1)).isLessThan(Bytes.of(1, 0));
      assertThat(view).isEqualByComparingTo(Bytes.of(1, 2, 3));
    }
  }

  @Nested
  class Text {
    @Test
    void isUtf8() {
      assertThat(Bytes.utf8("é")).isEqualTo(Bytes.of(0xc3, 0xa9));
      assertThat(Bytes.of(0xc3, 0xa9).toUtf8()).isEqualTo("é");
      assertThat(Bytes.of(0xff).toUtf8()).isEqualTo("\ufffd");
    }

    @Test
    void isWellFormedExactlyWhenTheJdkSaysSo() {
      for (int first = 0; first < 256; first++) {
        for (int second = 0; second < 256; second++) {
          assertAgreesWithTheJdk(Bytes.of(first, second));
          assertAgreesWithTheJdk(Bytes.of(first, second, 0x80));
          assertAgreesWithTheJdk(Bytes.of(first, second, 0xbf, 0xbf));
          assertAgreesWithTheJdk(Bytes.of(first, 0x90, second, 0x80));
        }
      }
      assertThat(Bytes.empty().isUtf8()).isTrue();
    }

    private void assertAgreesWithTheJdk(Bytes octets) {
      // The JDK replaces what is malformed, so it does not come back.
      boolean wellFormed = Bytes.utf8(octets.toUtf8()).equals(octets);
      if (octets.isUtf8() != wellFormed) {
        throw new AssertionError(octets + " is well-formed: " + wellFormed);
      }
    }
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatIllegalArgumentException().isThrownBy(call);
  }

  private static void assertOutOfBounds(ThrowingCallable call) {
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(call);
  }
}
