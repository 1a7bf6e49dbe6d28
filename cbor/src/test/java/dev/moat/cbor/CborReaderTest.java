package dev.moat.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException.Reason;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.Seeded;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CborReaderTest {
  private static final Set<Reason> MET = EnumSet.noneOf(Reason.class);

  @AfterAll
  static void reachesEveryReason() {
    assertThat(MET).containsExactlyInAnyOrder(Reason.values());
  }

  @Nested
  class Rfc8949 {
    /** The deterministic, float-free examples of Appendix A. */
    @ParameterizedTest
    @ValueSource(
        strings = {
          "00",
          "17",
          "1818",
          "1903e8",
          "1a000f4240",
          "1b000000e8d4a51000",
          "1bffffffffffffffff",
          "20",
          "3863",
          "3903e7",
          "3bffffffffffffffff",
          "f4",
          "f5",
          "f6",
          "f7",
          "f0",
          "f8ff",
          "c11a514b67b0",
          "d74401020304",
          "d818456449455446",
          "40",
          "4401020304",
          "60",
          "6161",
          "64f0908591",
          "80",
          "83010203",
          "8301820203820405",
          "a0",
          "a201020304",
          "a26161016162820203",
          "826161a161626163"
        })
    void acceptsWhatIsDeterministic(String hex) throws Exception {
      CborReader reader = reader(hex);
      assertThat(reader.item()).isEqualTo(Bytes.hex(hex));
      assertThat(reader.isAtEnd()).isTrue();
      reader.end();
    }

    @Test
    void refusesEveryOtherForm() {
      assertRefused("", Reason.TRUNCATED, 0);
      assertRefused("18", Reason.TRUNCATED, 0);
      assertRefused("1bffffff", Reason.TRUNCATED, 0);
      assertRefused("4201", Reason.TRUNCATED, 0);
      assertRefused("5bffffffffffffffff", Reason.TRUNCATED, 0);
      assertRefused("9a7fffffff", Reason.TRUNCATED, 0);
      assertRefused("a101", Reason.TRUNCATED, 0);
      assertRefused("820102".substring(0, 4), Reason.TRUNCATED, 0);
      assertRefused("0000", Reason.TRAILING_OCTETS, 1);
      assertRefused("1817", Reason.NOT_SHORTEST, 0);
      assertRefused("1900ff", Reason.NOT_SHORTEST, 0);
      assertRefused("1a0000ffff", Reason.NOT_SHORTEST, 0);
      assertRefused("1b00000000ffffffff", Reason.NOT_SHORTEST, 0);
      assertRefused("815817" + "00".repeat(23), Reason.NOT_SHORTEST, 1);
      assertRefused("5f4101ff", Reason.INDEFINITE_LENGTH, 0);
      assertRefused("9fff", Reason.INDEFINITE_LENGTH, 0);
      assertRefused("ff", Reason.INDEFINITE_LENGTH, 0);
      assertRefused("1c", Reason.RESERVED_INFORMATION, 0);
      assertRefused("fe", Reason.RESERVED_INFORMATION, 0);
      assertRefused("f818", Reason.BAD_SIMPLE_VALUE, 0);
      assertRefused("f814", Reason.NOT_SHORTEST, 0);
      assertRefused("62c328", Reason.NOT_UTF8, 0);
      assertRefused("63eda080", Reason.NOT_UTF8, 0);
      assertRefused("f97e00", Reason.FLOATING_POINT, 0);
      assertRefused("81fb3ff199999999999a", Reason.FLOATING_POINT, 1);
    }

    @Test
    void refusesMapKeysTwiceOrOutOfOrder() {
      assertRefused("a201000100", Reason.DUPLICATE_KEY, 3);
      assertRefused("a202000100", Reason.UNORDERED_KEYS, 3);
      assertRefused("a22000" + "0100", Reason.UNORDERED_KEYS, 3);
      assertRefused("a2616200616100", Reason.UNORDERED_KEYS, 4);
      assertRefused("81a201000100", Reason.DUPLICATE_KEY, 4);
      assertRefused("a28101008101" + "00", Reason.DUPLICATE_KEY, 4);
      assertRefused("a2c10100c10100", Reason.DUPLICATE_KEY, 4);
      assertRefused("a2a00080" + "00", Reason.UNORDERED_KEYS, 3);
    }
  }

  @Nested
  class Limits {
    @Test
    void stopsAtTheDepthLimitWithoutRecursion() throws Exception {
      assertRefused("81".repeat(16) + "8100", Reason.TOO_DEEP, 16);
      assertRefused("c1".repeat(17) + "00", Reason.TOO_DEEP, 16);
      CborReader deepest = reader("81".repeat(16) + "00");
      deepest.skip();
      deepest.end();
      Bytes tower = Bytes.hex("81".repeat(100_000) + "00");
      CborReader reader = new CborReader(tower, new CborLimits(200_000, 100_000));
      reader.skip();
      assertThat(reader.isAtEnd()).isTrue();
    }

    @Test
    void refusesInputBeyondTheLengthLimit() {
      CborException refusal =
          catchThrowableOfType(
              CborException.class,
              () -> new CborReader(Bytes.owned(new byte[11]), new CborLimits(10, 1)));
      met(refusal, Reason.TOO_LARGE, 10);
    }

    @Test
    void areThemselvesChecked() {
      assertThatIllegalArgumentException().isThrownBy(() -> new CborLimits(0, 1));
      assertThatIllegalArgumentException().isThrownBy(() -> new CborLimits(1, 0));
    }
  }

  @Nested
  class TypedReading {
    @Test
    void readsEachKind() throws Exception {
      CborReader reader =
          reader(
              "8a" + "1864" + "3903e7" + "42cafe" + "62c3a9" + "80" + "a10203" + "c100" + "f5"
                  + "f6" + "f7");
      assertThat(reader.kind()).isEqualTo(CborKind.ARRAY);
      assertThat(reader.array()).isEqualTo(10);
      assertThat(reader.kind()).isEqualTo(CborKind.UNSIGNED);
      assertThat(reader.integer()).isEqualTo(100);
      assertThat(reader.integer()).isEqualTo(-1000);
      assertThat(reader.bytes()).isEqualTo(Bytes.of(0xca, 0xfe));
      assertThat(reader.text()).isEqualTo("é");
      assertThat(reader.array()).isZero();
      assertThat(reader.map()).isEqualTo(1);
      assertThat(reader.integer()).isEqualTo(2);
      assertThat(reader.integer()).isEqualTo(3);
      assertThat(reader.tag()).isEqualTo(1);
      assertThat(reader.integer()).isZero();
      assertThat(reader.bool()).isTrue();
      reader.nothing();
      assertThat(reader.simple()).isEqualTo(23);
      assertThat(reader.position()).isEqualTo(21);
      reader.end();
    }

    @Test
    void refusesAnotherKindThanAskedFor() throws Exception {
      for (String hex : new String[] {"6161", "f4", "f97e00"}) {
        CborReader reader = reader(hex);
        met(refusal(reader::integer), Reason.UNEXPECTED_ITEM, 0);
        met(refusal(reader::bytes), Reason.UNEXPECTED_ITEM, 0);
        met(refusal(reader::array), Reason.UNEXPECTED_ITEM, 0);
        met(refusal(reader::map), Reason.UNEXPECTED_ITEM, 0);
        met(refusal(reader::tag), Reason.UNEXPECTED_ITEM, 0);
        met(refusal(reader::simple), Reason.UNEXPECTED_ITEM, 0);
        met(refusal(reader::nothing), Reason.UNEXPECTED_ITEM, 0);
      }
      met(refusal(reader("00")::text), Reason.UNEXPECTED_ITEM, 0);
      met(refusal(reader("00")::bool), Reason.UNEXPECTED_ITEM, 0);
      met(refusal(reader("")::bool), Reason.TRUNCATED, 0);
    }

    @Test
    void refusesNumbersBeyondALong() throws Exception {
      met(refusal(reader("1b8000000000000000")::integer), Reason.INTEGER_RANGE, 0);
      met(refusal(reader("3b8000000000000000")::integer), Reason.INTEGER_RANGE, 0);
      met(refusal(reader("db8000000000000000" + "00")::tag), Reason.INTEGER_RANGE, 0);
      assertThat(reader("3b7fffffffffffffff").integer()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void missesTheRestOfAContainer() throws Exception {
      CborReader reader = reader("820000");
      assertThat(reader.array()).isEqualTo(2);
      assertThat(reader.integer()).isZero();
      met(refusal(reader::end), Reason.TRUNCATED, 2);
    }

    @Test
    void skipsOneItemOfAnEnclosingArray() throws Exception {
      CborReader reader = reader("83" + "820102" + "a0" + "05");
      assertThat(reader.array()).isEqualTo(3);
      assertThat(reader.item()).isEqualTo(Bytes.hex("820102"));
      reader.skip();
      assertThat(reader.integer()).isEqualTo(5);
      reader.end();
    }
  }

  @Test
  void readsWhatItWritesAndWritesWhatItReads() {
    Seeded.check(
        500,
        arbitrary -> {
          CborWriter writer = new CborWriter();
          ArbitraryItems.write(arbitrary, writer, 4);
          Bytes written = writer.toBytes();
          CborReader reader = new CborReader(written);
          CborWriter again = new CborWriter();
          ArbitraryItems.copy(reader, again);
          reader.end();
          assertThat(again.toBytes()).isEqualTo(written);
        });
  }

  @Test
  void endsInAReasonForWhateverOctets() {
    Seeded.check(
        5000,
        arbitrary -> {
          try {
            CborReader reader = new CborReader(hostile(arbitrary));
            reader.skip();
            reader.end();
          } catch (CborException refusal) {
            assertThat(refusal.getStackTrace()).isEmpty();
            assertThat(refusal.offset()).isNotNegative();
          }
        });
  }

  private static Bytes hostile(Arbitrary arbitrary) {
    CborWriter writer = new CborWriter();
    ArbitraryItems.write(arbitrary, writer, 3);
    return arbitrary.chance(20) ? arbitrary.bytes(40) : arbitrary.damaged(writer.toBytes());
  }

  private static CborReader reader(String hex) throws CborException {
    return new CborReader(Bytes.hex(hex));
  }

  private static void assertRefused(String hex, Reason reason, int offset) {
    CborException refusal =
        refusal(
            () -> {
              CborReader reader = reader(hex);
              reader.skip();
              reader.end();
            });
    assertThat(refusal).as(hex).isNotNull();
    met(refusal, reason, offset);
  }

  private static CborException refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable read) {
    return catchThrowableOfType(CborException.class, read);
  }

  private static void met(CborException refusal, Reason reason, int offset) {
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.offset()).isEqualTo(offset);
    assertThat(refusal).hasMessageEndingWith("(octet " + offset + ")");
    MET.add(reason);
  }
}
