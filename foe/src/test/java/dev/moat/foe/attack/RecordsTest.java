package dev.moat.foe.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.foe.path.Transport;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What records leave in clear (RFC 6347, Section 4.1; RFC 9146; RFC 8446, Section 5). */
class RecordsTest {
  private static Bytes zeros(int octets) {
    return Bytes.copyOf(new byte[octets]);
  }

  private static Bytes dtls(int type, int fragmentOctets) {
    return Bytes.of(type, 0xfe, 0xfd, 0, 1, 0, 0, 0, 0, 0, 7)
        .plus(Bytes.of(fragmentOctets >> 8, fragmentOctets & 0xff))
        .plus(zeros(fragmentOctets));
  }

  private static Bytes serverHello(int suite) {
    Bytes handshake = Bytes.of(2, 0, 0, 60, 0, 1, 0, 0, 0, 0, 0, 60, 0xfe, 0xfd);
    Bytes sessionId = Bytes.of(3, 1, 2, 3);
    return Bytes.of(22, 0xfe, 0xfd, 0, 0, 0, 0, 0, 0, 0, 1, 0, 72)
        .plus(handshake)
        .plus(zeros(32))
        .plus(sessionId)
        .plus(Bytes.of(suite >> 8, suite & 0xff))
        .plus(zeros(20));
  }

  @ParameterizedTest
  @CsvSource({
    "0xc0a8, 16", // TLS_PSK_WITH_AES_128_CCM_8
    "0xc0ae, 16", // TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8
    "0x00a8, 24", // TLS_PSK_WITH_AES_128_GCM_SHA256
    "0xc02b, 24", // TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
    "0xccab, 16" // TLS_PSK_WITH_CHACHA20_POLY1305_SHA256
  })
  void tellTheLengthOfAMessageByTheSuiteThatTheServerChose(String suite, int overhead) {
    Records records = new Records(Transport.Security.DTLS, 0);
    records.noticed(serverHello(Integer.decode(suite)));
    assertThat(records.messageOctets(dtls(23, 12 + overhead))).isEqualTo(OptionalInt.of(12));
  }

  @Test
  void haveAConnectionIdAndTheTypeInsideOfThemWhereOneWasAgreedOn() {
    Records records = new Records(Transport.Security.DTLS, 6);
    records.noticed(serverHello(0xc0ae));
    Bytes id = Bytes.of(1, 2, 3, 4, 5, 6);
    Bytes record = Bytes.of(25, 0xfe, 0xfd, 0, 1, 0, 0, 0, 0, 0, 9).plus(id).plus(Bytes.of(0, 29));
    Bytes whole = record.plus(zeros(12 + 16 + 1));
    assertThat(records.messageOctets(whole)).isEqualTo(OptionalInt.of(12));
    assertThat(records.describe(whole))
        .isEqualTo("DTLS tls12_cid epoch=1 seq=9 CID=010203040506, 48 octets");
  }

  @Test
  void holdNoMessageWhenTheyAreOfTheHandshakeOrAlerts() {
    Records records = new Records(Transport.Security.DTLS, 0);
    for (int type : new int[] {20, 21, 22}) {
      assertThat(records.messageOctets(dtls(type, 60))).isEmpty();
    }
    assertThat(records.messageOctets(Bytes.empty())).isEmpty();
    assertThat(records.messageOctets(dtls(23, 3))).isEmpty();
    assertThat(records.describe(dtls(21, 26))).startsWith("DTLS alert epoch=1 seq=7");
  }

  @Test
  void areLongerByTagInnerTypeAndPaddingInTls13() {
    Records records = new Records(Transport.Security.TLS, 0);
    Bytes record = Bytes.of(23, 3, 3, 0, 45).plus(zeros(45));
    assertThat(records.messageOctets(record)).isEqualTo(OptionalInt.of(12));
    assertThat(records.describe(record)).isEqualTo("TLS application_data, 50 octets");
    assertThat(records.messageOctets(Bytes.of(22, 3, 3, 0, 2, 0, 0))).isEmpty();
  }

  @Test
  void areNotOnATransportWithoutSecurity() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Records(Transport.Security.NONE, 0))
        .withMessageContaining("has no records");
  }
}
