package dev.moat.coap.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.coap.option.Options;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTest {
  @Test
  void refusesWhatNoFormatCanCarry() {
    assertThatIllegalArgumentException().isThrownBy(() -> Message.empty(MessageType.ACK, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> Message.empty(MessageType.ACK, 65536));
    Bytes token = Bytes.owned(new byte[Message.MAX_TOKEN_OCTETS + 1]);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Message(MessageType.CON, 1, Code.GET, token, Options.none(), Bytes.empty()));
  }

  @Test
  void knowsWhetherItIsEmpty() {
    assertThat(Message.empty(MessageType.CON, 1).isEmpty()).isTrue();
    Message request =
        new Message(MessageType.CON, 1, Code.GET, Bytes.empty(), Options.none(), Bytes.empty());
    assertThat(request.isEmpty()).isFalse();
  }

  @Test
  void hasFourTypesInTheOrderOfTheirBits() {
    for (int bits = 0; bits < 4; bits++) {
      assertThat(MessageType.ofBits(bits).bits()).isEqualTo(bits);
    }
    assertThat(MessageType.ofBits(3)).isSameAs(MessageType.RST);
  }

  @Test
  void hasOneCodePerOctet() {
    for (int octet = 0; octet < 256; octet++) {
      Code code = Code.ofOctet(octet);
      assertThat(code.octet()).isEqualTo(octet);
      assertThat(Code.of(code.codeClass(), code.detail())).isSameAs(code);
    }
    assertThat(Code.of(2, 5)).isSameAs(Code.CONTENT).hasToString("2.05");
    assertThat(Code.of(2, 31)).hasToString("2.31");
    assertThatIllegalArgumentException().isThrownBy(() -> Code.of(8, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Code.of(-1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Code.of(0, 32));
    assertThatIllegalArgumentException().isThrownBy(() -> Code.of(0, -1));
  }

  @Test
  void sortsCodesByClass() {
    assertThat(Code.GET.isRequest()).isTrue();
    assertThat(Code.EMPTY.isRequest()).isFalse();
    assertThat(Code.CONTENT.isRequest()).isFalse();
    assertThat(List.of(Code.CONTENT, Code.NOT_FOUND, Code.BAD_GATEWAY)).allMatch(Code::isResponse);
    assertThat(List.of(Code.EMPTY, Code.GET, Code.of(1, 0), Code.of(3, 0), Code.of(6, 0)))
        .noneMatch(Code::isResponse);
    assertThat(Code.CONTENT.isSuccess()).isTrue();
    assertThat(Code.NOT_FOUND.isSuccess()).isFalse();
  }

  @Test
  void knowsSafeAndIdempotentMethods() {
    assertThat(List.of(Code.GET, Code.FETCH)).allMatch(Code::isSafe);
    assertThat(List.of(Code.POST, Code.PUT, Code.DELETE, Code.PATCH, Code.IPATCH))
        .noneMatch(Code::isSafe);
    assertThat(List.of(Code.GET, Code.FETCH, Code.PUT, Code.DELETE, Code.IPATCH))
        .allMatch(Code::isIdempotent);
    assertThat(List.of(Code.POST, Code.PATCH)).noneMatch(Code::isIdempotent);
  }

  @Test
  void namesRegisteredCodes() {
    assertThat(Code.TOO_MANY_REQUESTS.title()).isEqualTo("Too Many Requests");
    assertThat(Code.of(2, 8).title()).isEqualTo("2.08");
  }
}
