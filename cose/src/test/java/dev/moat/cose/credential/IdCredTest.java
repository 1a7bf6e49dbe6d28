package dev.moat.cose.credential;

import static dev.moat.cose.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.CoseException.Reason;
import dev.moat.crypto.JdkCrypto;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The header maps that name credentials (RFC 9528, Section 3.5.3; RFC 9360, Section 2). */
class IdCredTest {
  private static final Bytes CERTIFICATE = Bytes.hex("3003020101");

  @ParameterizedTest
  @CsvSource({
    "a1044132, KID, 4",
    "a10440, KID, 4",
    "a10da0, , 0",
    "a10d8440a04040, KCWT, 13",
    "a10dd28440a04040, KCWT, 13",
    "a10ea0, KCCS, 14",
    "a11681822e41ff, , 0",
    "a116822e41ff, C5T, 22",
    "a117d8206161, C5U, 23",
    "a118184101, C5B, 24",
    "a11819824101410 2, C5C, 25",
    "a118204101, X5BAG, 32",
    "a1182182410141 02, X5CHAIN, 33",
    "a1182282026101, , 0",
    "a11822822f4101, X5T, 34",
    "a1182282613141 01, X5T, 34",
    "a11823d8206161, X5U, 35",
    "a10500, OTHER, 5",
    "a1390101 00, OTHER, -258",
    "a161614100, OTHER, 0",
    "a2044132182282 2e4101, OTHER, 4"
  })
  @Tag("LK-030")
  void tellsTheirTypes(String map, String type, long label) throws CoseException {
    Bytes encoded = Bytes.hex(map.replace(" ", ""));
    if (type == null) {
      assertRefused(() -> IdCred.decode(encoded), Reason.BAD_ID_CRED);
      return;
    }
    IdCred id = IdCred.decode(encoded);
    assertThat(id.type()).isEqualTo(IdCred.Type.valueOf(type));
    assertThat(id.label()).isEqualTo(label);
    assertThat(id.encoded()).isEqualTo(encoded);
    assertThat(id).isEqualTo(IdCred.decode(encoded)).hasSameHashCodeAs(IdCred.decode(encoded));
    assertThat(id.toString()).contains(type);
  }

  @ParameterizedTest
  @CsvSource({
    "'', MALFORMED_CBOR",
    "a1, MALFORMED_CBOR",
    "bf0441 32ff, MALFORMED_CBOR",
    "a118044132, MALFORMED_CBOR",
    "a104413200, MALFORMED_CBOR",
    "40, BAD_ID_CRED",
    "a0, BAD_ID_CRED",
    "a1404132, BAD_ID_CRED",
    "a10405, BAD_ID_CRED",
    "a10e80, BAD_ID_CRED",
    "a1182283 2e41ff00, BAD_ID_CRED",
    "a118224101, BAD_ID_CRED",
    "a11822 822e00, BAD_ID_CRED",
    "a11823616 1, BAD_ID_CRED",
    "a11823d8216161, BAD_ID_CRED",
    "a1182180, BAD_ID_CRED",
    "a118218141 01, BAD_ID_CRED",
    "a11821824 10100, BAD_ID_CRED",
    "a118218741014102410341044105410641 07, CREDENTIAL_TOO_LARGE"
  })
  void refusesOtherShapes(String map, Reason reason) {
    assertRefused(() -> IdCred.decode(Bytes.hex(map.replace(" ", ""))), reason);
  }

  @Test
  void writesWhatItReads() throws CoseException {
    assertThat(IdCred.kid(Bytes.of(0x32)).encoded()).isEqualTo(Bytes.hex("a1044132"));
    assertThat(IdCred.kid(Bytes.of(0x32)).kid()).contains(Bytes.of(0x32));
    assertThat(IdCred.kid(Bytes.of(0x32)).certificates()).isEmpty();
    assertThat(IdCred.kcwt(Bytes.hex("8440a04040")).value()).isEqualTo(Bytes.hex("8440a04040"));
    assertThat(IdCred.x5u("coap://x/c").uri()).contains("coap://x/c");
    assertThat(IdCred.c5u("coap://x/c").encoded())
        .isEqualTo(Bytes.hex("a117d8206a").plus(Bytes.utf8("coap://x/c")));
    assertThat(IdCred.c5c(CERTIFICATE).certificates()).containsExactly(CERTIFICATE);
    assertThat(IdCred.x5bag(List.of(CERTIFICATE, Bytes.of(1))).certificates())
        .containsExactly(CERTIFICATE, Bytes.of(1));
    assertThat(IdCred.x5chain(List.of(CERTIFICATE)).encoded())
        .isEqualTo(Bytes.hex("a1182145").plus(CERTIFICATE));
    assertThat(IdCred.x5t(-15, Bytes.of(1))).isNotEqualTo(IdCred.x5t(-16, Bytes.of(1)));
    CertificateHash hash = new CertificateHash(-16, Bytes.of(1));
    assertThat(IdCred.c5t(hash).hash()).contains(hash);
    assertThat(IdCred.x5t(hash).kid()).isEmpty();
    assertThat(IdCred.kid(Bytes.empty())).isNotEqualTo("kid");
    assertThat(IdCred.Type.X5T.label()).isEqualTo(34);
  }

  @Test
  void refusesToWriteWhatIsNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> IdCred.x5chain(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> IdCred.kccs(Bytes.of(0x80)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IdCred.x5bag(Collections.nCopies(7, CERTIFICATE)));
  }

  @Test
  void hasNoCredentialWhenItOnlyNamesOne() throws CoseException {
    assertThat(IdCred.kid(Bytes.of(1)).byValue()).isEmpty();
    assertThat(IdCred.x5bag(List.of(CERTIFICATE)).byValue()).isEmpty();
    assertThat(IdCred.x5t(-15, Bytes.of(1)).byValue()).isEmpty();
    assertRefused(() -> IdCred.kccs(Bytes.of(0xa0)).byValue(), Reason.NO_KEY);
    assertRefused(() -> IdCred.x5chain(List.of(CERTIFICATE)).byValue(), Reason.BAD_CREDENTIAL);
    assertRefused(() -> IdCred.kcwt(Bytes.hex("8440a04040")).byValue(), Reason.MALFORMED_CBOR);
  }

  /** RFC 9054, Section 3; the hash of the empty string. */
  @ParameterizedTest
  @CsvSource({
    "-15, e3b0c44298fc1c14",
    "-16, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
  })
  void hashesCertificates(long algorithm, String hash) {
    JdkCrypto crypto = JdkCrypto.create();
    CertificateHash computed = CertificateHash.of(crypto, algorithm, Bytes.empty());
    assertThat(computed.hash()).isEqualTo(Bytes.hex(hash));
    assertThat(computed.matches(crypto, Bytes.empty())).isTrue();
    assertThat(computed.matches(crypto, CERTIFICATE)).isFalse();
  }

  @Test
  void knowsFourHashes() {
    JdkCrypto crypto = JdkCrypto.create();
    assertThat(CertificateHash.of(crypto, -43, Bytes.empty()).hash().length()).isEqualTo(48);
    assertThat(CertificateHash.of(crypto, -44, Bytes.empty()).hash().length()).isEqualTo(64);
    for (long unknown : new long[] {0, -14, -17, -42, -45, Long.MIN_VALUE}) {
      assertThat(new CertificateHash(unknown, Bytes.empty()).matches(crypto, Bytes.empty()))
          .isFalse();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CertificateHash.of(crypto, unknown, Bytes.empty()));
    }
  }
}
