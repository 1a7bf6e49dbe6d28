package dev.moat.edhoc.coap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Response;
import dev.moat.edhoc.EdhocException.Reason;
import org.junit.jupiter.api.Test;

class EdhocMessagesTest {
  @Test
  void tellsMessagesFromErrors() {
    Response message = EdhocMessages.response(Bytes.hex("4100"));
    assertThat(message.code()).isEqualTo(Code.CHANGED);
    assertThat(message.options().uint(OptionNumber.CONTENT_FORMAT)).hasValue(64);
    assertThat(EdhocMessages.isMessage(message)).isTrue();
    assertThat(EdhocMessages.isError(message)).isFalse();
    Response error = EdhocMessages.error(Reason.TRUNCATED);
    assertThat(EdhocMessages.isMessage(error)).isFalse();
    assertThat(EdhocMessages.isError(error)).isTrue();
    assertThat(EdhocMessages.isMessage(EdhocMessages.done())).isFalse();
  }

  @Test
  void takesAMessageWithoutFormatButNoneOfAnother() {
    Response plain = Response.of(Code.CHANGED).withPayload(Bytes.hex("4100"));
    assertThat(EdhocMessages.isMessage(plain)).isTrue();
    Response other = plain.with(Option.uint(OptionNumber.CONTENT_FORMAT, 60));
    assertThat(EdhocMessages.isMessage(other)).isFalse();
    assertThat(EdhocMessages.isMessage(Response.of(Code.CONTENT).withPayload(Bytes.hex("4100"))))
        .isFalse();
  }

  @Test
  void takesAnErrorMessageWithoutFormat() {
    for (String error : new String[] {"016178", "0202", "02820203", "03f5"}) {
      Response plain = Response.of(Code.BAD_REQUEST).withPayload(Bytes.hex(error));
      assertThat(EdhocMessages.isError(plain)).isTrue();
    }
    for (String other : new String[] {"", "01", "3132", "0161", "1841" + "41"}) {
      Response plain = Response.of(Code.BAD_REQUEST).withPayload(Bytes.hex(other));
      assertThat(EdhocMessages.isError(plain)).isFalse();
    }
  }

  @Test
  void takesNoDiagnosticForAnErrorMessage() {
    assertThat(EdhocMessages.isError(Response.diagnostic(Code.BAD_REQUEST, "no"))).isFalse();
    Response noError =
        new Response(
            Code.BAD_REQUEST, EdhocMessages.response(Bytes.empty()).options(), Bytes.hex("4100"));
    assertThat(EdhocMessages.isError(noError)).isFalse();
  }

  @Test
  void blamesTheServerForItsOwnFaults() {
    assertThat(EdhocMessages.error(Reason.NO_OWN_CREDENTIAL).code())
        .isEqualTo(Code.INTERNAL_SERVER_ERROR);
    assertThat(EdhocMessages.error(Reason.DECRYPTION_FAILED).code()).isEqualTo(Code.BAD_REQUEST);
  }
}
