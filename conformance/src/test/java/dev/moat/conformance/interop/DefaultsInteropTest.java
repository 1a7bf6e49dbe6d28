package dev.moat.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.OptionNumber;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client of each stack meets at Moat with its defaults. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class DefaultsInteropTest {
  @ParameterizedTest
  @EnumSource
  void refusesToActWithoutSecurity(Stack client) throws Exception {
    try (Pairing pair = pair(client, false)) {
      assertThat(pair.call(Call.put("/store", "open")).code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(lastResponse(pair).options().has(OptionNumber.ECHO)).isFalse();
      assertThat(pair.read("/store")).isEqualTo(Bytes.empty());
    }
  }

  /** A stack without Echo is left with 4.01 and the challenge; with Echo it does not notice. */
  @ParameterizedTest
  @EnumSource
  void challengesAClientBeforeItActs(Stack client) throws Exception {
    try (Pairing pair = pair(client, true)) {
      Answer answer = pair.call(Call.put("/store", "open"));
      assertThat(firstResponse(pair).code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(firstResponse(pair).options().has(OptionNumber.ECHO)).isTrue();
      boolean answers = client.has(Stack.Quirk.ANSWERS_CHALLENGES);
      assertThat(answer.code()).isEqualTo(answers ? Code.CREATED : Code.UNAUTHORIZED);
      assertThat(pair.read("/store")).isEqualTo(Bytes.utf8(answers ? "open" : ""));
    }
  }

  /** With the default amplification limits (RFC 9175, Section 2.4) a long answer needs Echo too. */
  @ParameterizedTest
  @EnumSource
  void challengesAClientBeforeItAnswersAtLength(Stack client) throws Exception {
    try (Pairing pair = pair(client, true)) {
      pair.place("/large", Store.longBody(4_096));
      Answer answer = pair.call(Call.get("/large"));
      assertThat(firstResponse(pair).code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(firstResponse(pair).options().has(OptionNumber.ECHO)).isTrue();
      boolean answers = client.has(Stack.Quirk.ANSWERS_CHALLENGES);
      assertThat(answer.code()).isEqualTo(answers ? Code.CONTENT : Code.UNAUTHORIZED);
    }
  }

  private static Pairing pair(Stack client, boolean unsecuredAllowed) throws Exception {
    client.assumeInstalled();
    return new Pairing(
        client, new Store(), true, store -> Moat.Server.ofActuators(store, unsecuredAllowed));
  }

  private static Message firstResponse(Pairing pair) throws Exception {
    return UdpCodec.decode(pair.tap().fromServer().findFirst().orElseThrow().datagram());
  }

  private static Message lastResponse(Pairing pair) throws Exception {
    return UdpCodec.decode(pair.tap().lastResponse().datagram());
  }
}
