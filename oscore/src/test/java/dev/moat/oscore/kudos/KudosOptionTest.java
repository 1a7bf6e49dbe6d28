package dev.moat.oscore.kudos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.OscoreException.Reason;
import dev.moat.oscore.option.OscoreOption;
import dev.moat.testkit.Seeded;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 4.1 of draft-ietf-core-oscore-key-update-14. */
final class KudosOptionTest {
  @Test
  void readsAndWritesTheOptionsOfTheVector() throws Exception {
    for (KudosCase vector : KudosCase.all()) {
      KudosField offer = roundTrip(vector.hex("request_1/oscore_option"));
      assertThat(offer.x()).isEqualTo(vector.hex("x1").at(0));
      assertThat(offer.nonce()).isEqualTo(vector.hex("n1"));
      assertThat(offer.convergent()).isFalse();
      KudosField answer = roundTrip(vector.hex("response_1/oscore_option"));
      assertThat(answer.x()).isEqualTo(vector.hex("x2").at(0));
      assertThat(answer.nonce()).isEqualTo(vector.hex("n2"));
      assertThat(answer.convergent()).isTrue();
    }
  }

  private static KudosField roundTrip(Bytes value) throws OscoreException {
    KudosOption option = KudosOption.decode(value);
    assertThat(option.encode()).isEqualTo(value);
    return option.field();
  }

  @Test
  void readsWhatItWrote() {
    Seeded.check(
        500,
        arbitrary -> {
          KudosOption option =
              new KudosOption(
                  new OscoreOption(
                      Optional.of(OscoreOption.partialIv(arbitrary.anyLong() & 0xff_ffff_ffffL))
                          .filter(piv -> arbitrary.chance(70)),
                      Optional.of(arbitrary.bytes(7)).filter(kid -> arbitrary.chance(70)),
                      Optional.of(arbitrary.bytes(40)).filter(kid -> arbitrary.chance(50))),
                  new KudosField(
                      arbitrary.chance(50),
                      arbitrary.chance(50),
                      arbitrary.chance(50),
                      arbitrary.random().bytes(arbitrary.between(1, 16))));

          assertThat(KudosOption.isExtended(option.encode())).isTrue();
          assertThat(KudosOption.decode(option.encode())).isEqualTo(option);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "'', RESERVED_FLAG",
    "09 00 02, RESERVED_FLAG",
    "80, TRUNCATED_OPTION",
    "8000, RESERVED_FLAG",
    "8003 00 aa, RESERVED_FLAG",
    "8101 00, TRUNCATED_OPTION",
    "9001, TRUNCATED_OPTION",
    "9001 05 01, TRUNCATED_OPTION",
    "8101 00 07 01020304050607, TRUNCATED_OPTION",
    "8101 00 87 0102030405060708, RESERVED_FLAG",
    "c101 00 07 0102030405060708, RESERVED_FLAG",
    "8101 00 07 0102030405060708 09, TRAILING_OCTETS"
  })
  void refusesADamagedOption(String hex, Reason reason) {
    assertThatThrownBy(() -> KudosOption.decode(Bytes.hex(hex.replace(" ", ""))))
        .isInstanceOfSatisfying(
            OscoreException.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  @Test
  void isNoOptionOfRfc8613() {
    Bytes value = KudosCase.all().get(0).hex("request_1/oscore_option");

    assertThatThrownBy(() -> OscoreOption.decode(value)).isInstanceOf(OscoreException.class);
    assertThat(KudosOption.isExtended(Bytes.empty())).isFalse();
    assertThat(KudosOption.isExtended(Bytes.of(9, 0, 2))).isFalse();
  }

  @Test
  void refusesANonceThatTheFieldCannotCount() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KudosField.divergent(false, Bytes.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KudosField.convergent(false, Bytes.owned(new byte[17])));
  }

  @Test
  void namesEachSignalByItsBit() {
    Bytes nonce = Bytes.of(9);

    assertThat(new KudosField(true, true, true, nonce).x()).isEqualTo(0x70);
    assertThat(KudosField.divergent(true, nonce).x()).isEqualTo(0x10);
    assertThat(KudosField.convergent(false, nonce).input()).isEqualTo(Bytes.of(0x40, 9));
  }
}
