package dev.moat.edhoc.message;

import static dev.moat.edhoc.message.Refused.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Error messages (RFC 9528, Section 6). */
class EdhocErrorTest {
  private static final SuitesField SUPPORTED = SuitesField.of(2, 0);

  @Test
  void answersWithTheCodeOfTheReason() {
    assertThat(EdhocError.answerTo(Reason.WRONG_SUITE, SUPPORTED).encoded())
        .isEqualTo(Bytes.hex("02820200"));
    assertThat(EdhocError.answerTo(Reason.UNKNOWN_CREDENTIAL, SUPPORTED).encoded())
        .isEqualTo(Bytes.hex("03f5"));
    EdhocError method = EdhocError.answerTo(Reason.METHOD_NOT_SUPPORTED, SUPPORTED);
    assertThat(method).isEqualTo(new EdhocError.Unspecified("Method not supported"));
    assertThat(method.code()).isEqualTo(1);
  }

  @Test
  void doesNotTellWhoFailedHow() {
    Set<Reason> identity =
        EnumSet.of(
            Reason.UNTRUSTED_CREDENTIAL,
            Reason.OWN_CREDENTIAL,
            Reason.IDENTITY_REFUSED,
            Reason.UNSUITABLE_KEY,
            Reason.AUTHENTICATION_FAILED,
            Reason.DECRYPTION_FAILED,
            Reason.PSK_FOR_OTHER_HASH);
    assertThat(identity.stream().map(Reason::peerText).distinct())
        .containsExactly("Authentication failed");
    assertThat(Reason.EAD_REFUSED.peerText()).isEqualTo("Aborted");
  }

  @Test
  void namesCheckAndSectionOfEveryReason() {
    for (Reason reason : Reason.values()) {
      assertThat(reason.section()).as(reason.name()).isNotBlank();
      assertThat(new EdhocException(reason)).hasMessage(reason.description());
      assertThat(reason.errorCode()).isBetween(1, 3);
      EdhocError answer = EdhocError.answerTo(reason, SUPPORTED);
      assertThat(answer.encoded().length()).isLessThan(64);
    }
  }

  @Test
  void doesNotAnswerErrors() {
    assertThat(Reason.PEER_ERROR.isAnswered()).isFalse();
    assertThat(Reason.SESSION_ENDED.isAnswered()).isFalse();
    assertThat(Reason.BAD_ERROR.isAnswered()).isFalse();
    assertThat(Reason.TRUNCATED.isAnswered()).isTrue();
  }

  @Test
  void keepsCodesThatNobodyRegisteredAndTheReservedOne() throws EdhocException {
    for (String wire : List.of("1863820102", "00f6", "38180a", "206161")) {
      EdhocError error = EdhocError.decode(Bytes.hex(wire));
      assertThat(error).isInstanceOf(EdhocError.Other.class);
      assertThat(error.encoded()).isEqualTo(Bytes.hex(wire));
    }
    assertThat(EdhocError.decode(Bytes.hex("1863820102")))
        .isEqualTo(new EdhocError.Other(99, Bytes.hex("820102")));
    assertThat(EdhocError.decode(Bytes.hex("00f6")).code()).isZero();
  }

  @Test
  void readsDiagnosticTexts() throws EdhocException {
    EdhocError error = EdhocError.decode(Bytes.hex("01626e6f"));
    assertThat(error).isEqualTo(new EdhocError.Unspecified("no"));
    assertThat(error.encoded()).isEqualTo(Bytes.hex("01626e6f"));
  }

  @Test
  void refusesInformationThatTheCodeDoesNotHave() {
    assertThat(refused("03f4")).isEqualTo(Reason.BAD_ERROR);
    assertThat(refused("0300")).isEqualTo(Reason.BAD_ERROR);
    assertThat(refused("028102")).isEqualTo(Reason.BAD_SUITES);
    assertThat(refused("0101")).isEqualTo(Reason.UNEXPECTED_ITEM);
    assertThat(refused("01")).isEqualTo(Reason.TRUNCATED);
    assertThat(refused("03f500")).isEqualTo(Reason.TRAILING_ITEMS);
    assertThat(refused("1b7fffffffffffffff00")).isEqualTo(Reason.BAD_ERROR);
    assertThat(refused("4102")).isEqualTo(Reason.UNEXPECTED_ITEM);
  }

  @Test
  void tellsAnErrorFromTheOtherMessages() {
    assertThat(EdhocError.isError(Bytes.hex("03f5"))).isTrue();
    assertThat(EdhocError.isError(Bytes.hex("2000"))).isTrue();
    assertThat(EdhocError.isError(Bytes.hex("40"))).isFalse();
    assertThat(EdhocError.isError(Bytes.empty())).isFalse();
  }

  private static Reason refused(String wire) {
    return refusal(() -> EdhocError.decode(Bytes.hex(wire)));
  }
}
