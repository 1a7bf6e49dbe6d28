package dev.moat.radio.sizes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.radio.sizes.EdhocSizes.Side;
import dev.moat.testkit.Seeded;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SizesTest {
  private static final Side SHORT_KID = new Side(1, CredentialReference.shortKid());

  @Test
  void growsCborHeadsWhereTheirFormsChange() {
    assertThat(List.of(0, 23, 24, 255, 256, 65_535, 65_536))
        .extracting(CborSize::head)
        .containsExactly(1, 1, 2, 2, 3, 3, 5);
    assertThat(CborSize.integer(-24)).isEqualTo(1);
    assertThat(CborSize.integer(-25)).isEqualTo(2);
    assertThatThrownBy(() -> CborSize.head(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a CBOR argument is not negative, as -1 is");
  }

  @Test
  @Tag("LK-121")
  void hasTheSizesOfRfc9528sFigureForMethod3() {
    EdhocSizes sizes = edhoc(3, 2);
    assertThat(List.of(sizes.message1(), sizes.message2(), sizes.message3(), sizes.message4()))
        .containsExactly(37, 45, 19, 9);
    assertThat(sizes.total()).isEqualTo(101);
  }

  /** The protocol's messages do not depend on which side the device is; only who sends them. */
  @Test
  @Tag("LK-120")
  void swapsTheProofsOfMethods1And2WithTheRoles() {
    int suite = 2;
    assertThat(edhoc(1, suite).message3() - edhoc(3, suite).message3())
        .isEqualTo(edhoc(2, suite).message2() - edhoc(3, suite).message2() + 1)
        .isEqualTo(58);
    assertThat(edhoc(0, suite).message2()).isEqualTo(edhoc(2, suite).message2());
    assertThat(edhoc(0, suite).message3()).isEqualTo(edhoc(1, suite).message3());
  }

  /** The comparison draft says 8 more on message_2 and message_3; that holds for DTLS only. */
  @Test
  void growsBy8And17WithLongTagsInMethod3AndBy0And8InMethod0() {
    assertThat(edhoc(3, 3).message2() - edhoc(3, 2).message2()).isEqualTo(8);
    assertThat(edhoc(3, 3).message3() - edhoc(3, 2).message3()).isEqualTo(17);
    assertThat(edhoc(0, 3).message2() - edhoc(0, 2).message2()).isZero();
    assertThat(edhoc(0, 3).message3() - edhoc(0, 2).message3()).isEqualTo(8);
  }

  @Test
  void neverShrinksWithALongerCredentialReference() {
    Seeded.check(
        200,
        arbitrary -> {
          int octets = arbitrary.length(1_000);
          SuiteSizes suite = SuiteSizes.of(arbitrary.pick(List.of(0, 2, 3, 24, 25)));
          int method = arbitrary.between(0, 3);
          EdhocSizes less = kccs(method, suite, octets);
          EdhocSizes more = kccs(method, suite, octets + 1);
          assertThat(more.message1()).isEqualTo(less.message1());
          assertThat(more.message2()).isGreaterThan(less.message2());
          assertThat(more.message3()).isGreaterThan(less.message3());
        });
  }

  @Test
  void knowsNoOtherMethodsAndSuites() {
    assertThatThrownBy(() -> edhoc(4, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("method 4 is not one of 0 to 3");
    assertThatThrownBy(() -> edhoc(-1, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SuiteSizes.of(7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("RFC 9528 registers no cipher suite 7");
  }

  @Test
  void extendsTheHeadersOfCoapOptions() {
    assertThat(CoapSize.option(12, 12)).isEqualTo(13);
    assertThat(CoapSize.option(13, 0)).isEqualTo(2);
    assertThat(CoapSize.option(0, 13)).isEqualTo(15);
    assertThat(CoapSize.option(269, 269)).isEqualTo(5 + 269);
    assertThat(CoapSize.message(2, 3, 0)).isEqualTo(9);
    assertThat(CoapSize.message(2, 3, 1)).isEqualTo(11);
  }

  @Test
  void takesOneMoreOctetForALongOscoreOption() {
    int shortest = OscoreOverhead.request(1, 10, OptionalInt.empty(), 8);
    assertThat(OscoreOverhead.request(1, 11, OptionalInt.empty(), 8)).isEqualTo(shortest + 2);
    assertThat(OscoreOverhead.request(1, 0, OptionalInt.of(0), 8)).isEqualTo(14);
  }

  @Test
  void movesTheContentTypeOfDtls12WithConnectionIds() {
    assertThat(RecordLayer.DTLS_1_2.overhead(0, 8)).isEqualTo(29);
    assertThat(RecordLayer.DTLS_1_2.overhead(1, 8)).isEqualTo(31);
    assertThat(RecordLayer.DTLS_1_3.overhead(1, 8)).isEqualTo(12);
    assertThat(RecordLayer.TLS_1_3.overhead(0, 8)).isEqualTo(14);
    assertThatThrownBy(() -> RecordLayer.TLS_1_2.overhead(1, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("TLS_1_2 has no connection IDs");
  }

  private static EdhocSizes edhoc(int method, int suite) {
    return new EdhocSizes(method, SuiteSizes.of(suite), 1, SHORT_KID, SHORT_KID);
  }

  private static EdhocSizes kccs(int method, SuiteSizes suite, int octets) {
    Side side = new Side(1, CredentialReference.kccs(octets));
    return new EdhocSizes(method, suite, 1, side, side);
  }
}
