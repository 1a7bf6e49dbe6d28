package dev.moat.cose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.CoseException.Reason;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.JdkCrypto;
import java.util.EnumSet;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, and why; the examples show more. */
class CoseRefusalsTest {
  private static final JdkCrypto CRYPTO = JdkCrypto.create();
  private static final Set<Reason> REFUSED = EnumSet.noneOf(Reason.class);

  @AfterAll
  static void reachesEveryReasonOfMessagesAndSymmetricKeys() {
    assertThat(REFUSED)
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.range(Reason.MALFORMED_CBOR, Reason.VERIFICATION_FAILED));
  }

  @ParameterizedTest
  @CsvSource({
    "'', MALFORMED_CBOR",
    "d0, MALFORMED_CBOR",
    "8340a040ff, MALFORMED_CBOR",
    "9f40a040ff, MALFORMED_CBOR",
    "d18340a040, NOT_ENCRYPT0",
    "d0d08340a040, NOT_ENCRYPT0",
    "8240a0, NOT_ENCRYPT0",
    "8440a04080, NOT_ENCRYPT0",
    "a0, NOT_ENCRYPT0",
    "83a0a040, NOT_ENCRYPT0",
    "83404040, NOT_ENCRYPT0",
    "8340a000, NOT_ENCRYPT0",
    "8340a0f6, DETACHED_CIPHERTEXT",
    "834100a040, BAD_HEADER",
    "8342a0a0a040, MALFORMED_CBOR",
    "8340a1048040, BAD_HEADER",
    "8340a1050040, BAD_HEADER",
    "8340a1060040, BAD_HEADER",
    "8340a10a0040, BAD_HEADER",
    "8340a1014040, BAD_HEADER",
    "8340a1404040, BAD_HEADER",
    "8340a1f54040, BAD_HEADER",
    "8340a20440044040, MALFORMED_CBOR",
    "8343a10440a1044040, DUPLICATE_LABEL",
    "8344a1613100a161310040, DUPLICATE_LABEL",
    "8340a102810140, BAD_HEADER",
    "8343a10280a040, BAD_HEADER",
    "8343a10201a040, BAD_HEADER",
    "8344a1028104a040, UNKNOWN_CRITICAL",
    "8344a1028103a040, UNKNOWN_CRITICAL",
    "8346a102813904d2a040, UNKNOWN_CRITICAL",
    "8340a20540064040, TWO_IVS"
  })
  void refusesWhatIsNoEncrypt0(String message, Reason reason) {
    assertRefused(() -> decode(message), reason);
  }

  @ParameterizedTest
  @CsvSource({
    "'', MALFORMED_CBOR",
    "d2, MALFORMED_CBOR",
    "8440a04040ff, MALFORMED_CBOR",
    "d08440a04040, NOT_SIGN1",
    "d2d28440a04040, NOT_SIGN1",
    "8340a040, NOT_SIGN1",
    "a0, NOT_SIGN1",
    "84a0a04040, NOT_SIGN1",
    "8440404040, NOT_SIGN1",
    "8440a00040, NOT_SIGN1",
    "8440a04000, NOT_SIGN1",
    "8440a0f640, DETACHED_PAYLOAD",
    "844100a04040, BAD_HEADER"
  })
  void refusesWhatIsNoSign1(String message, Reason reason) {
    assertRefused(
        () -> {
          Sign1 unused = Sign1.decode(Bytes.hex(message));
        },
        reason);
  }

  @ParameterizedTest
  @CsvSource({
    "8340a1054d0000000000000000000000000048000000000000000000, MALFORMED_CBOR",
    "8340a1054d00000000000000000000000000480000000000000000, NO_ALGORITHM",
    "8343a10104a1054d00000000000000000000000000480000000000000000, UNKNOWN_ALGORITHM",
    "8344a1016161a0480000000000000000, UNKNOWN_ALGORITHM",
    "8343a1010aa0480000000000000000, BAD_IV",
    "8343a1010aa1054c000000000000000000000000480000000000000000, BAD_IV",
    "8343a1010aa10641014800000000000000ff, BAD_IV",
    "8343a10101a1054c000000000000000000000000480000000000000000, KEY_NOT_FOR_THIS",
    "8343a1010aa1054d00000000000000000000000000480000000000000000, VERIFICATION_FAILED",
    "8343a1010aa1054d0000000000000000000000000040, VERIFICATION_FAILED"
  })
  void refusesWhatDoesNotHold(String message, Reason reason) {
    try (SecretBytes secret = SecretBytes.copyOf(new byte[16]);
        CoseKey key = CoseKey.symmetric(AeadAlgorithm.AES_CCM_16_64_128, secret)) {
      assertRefused(
          () -> {
            Bytes unused = Encrypt0.decode(Bytes.hex(message)).decrypt(CRYPTO, key, Bytes.empty());
          },
          reason);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "80, BAD_KEY",
    "a0, BAD_KEY",
    "a10104, BAD_KEY",
    "a201042040, BAD_KEY",
    "a20102204101, BAD_KEY",
    "a201042000, BAD_KEY",
    "a2016161204101, BAD_KEY",
    "a301040200204101, BAD_KEY",
    "a301040326204101, UNKNOWN_ALGORITHM",
    "a301040400204101, BAD_KEY",
    "a201042041, MALFORMED_CBOR",
    "a20104204101ff, MALFORMED_CBOR"
  })
  void refusesWhatIsNoSymmetricKey(String key, Reason reason) {
    try (SecretBytes encoded = SecretBytes.copyOf(Bytes.hex(key).toArray())) {
      assertRefused(() -> CoseKey.decode(encoded).close(), reason);
    }
  }

  @Test
  void carriesNoStackTraceAndNothingOfTheMessage() {
    CoseException refused = catchThrowableOfType(CoseException.class, () -> decode("8240a0"));
    assertThat(refused.getStackTrace()).isEmpty();
    assertThat(refused).hasMessage("not a COSE_Encrypt0");
  }

  private static void decode(String message) throws CoseException {
    Encrypt0 unused = Encrypt0.decode(Bytes.hex(message));
  }

  private static void assertRefused(ThrowingCallable call, Reason reason) {
    CoseException refused = catchThrowableOfType(CoseException.class, call);
    assertThat(refused).isNotNull();
    assertThat(refused.reason()).isEqualTo(reason);
    REFUSED.add(refused.reason());
  }
}
