package dev.moat.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
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

  /**
   * Who answers challenges also tags the blocks of a body (RFC 9175, Section 3), each one fresh.
   */
  @ParameterizedTest
  @EnumSource
  void takesABodyOfSeveralBlocksUnderARequestTag(Stack client) throws Exception {
    Bytes body = Store.longBody(4_096);
    try (Pairing pair = pair(client, true)) {
      Answer answer = pair.call(Call.put("/large", body));
      if (client.has(Stack.Quirk.ANSWERS_CHALLENGES)) {
        assertThat(answer.code()).isEqualTo(Code.CREATED);
        assertThat(pair.read("/large")).isEqualTo(body);
        assertThat(pair.tap().seen().stream().filter(WireTap.Seen::fromClient))
            .allMatch(block -> decoded(block).options().has(OptionNumber.REQUEST_TAG));
      } else {
        assertThat(answer.code()).isEqualTo(Code.UNAUTHORIZED);
        assertThat(pair.read("/large")).isEqualTo(Bytes.empty());
      }
    }
  }

  private static Pairing pair(Stack client, boolean unsecuredAllowed) throws Exception {
    client.assumeInstalled();
    return new Pairing(
        client, new Store(), true, store -> Moat.Server.ofActuators(store, unsecuredAllowed));
  }

  private static Message firstResponse(Pairing pair) {
    return decoded(pair.tap().fromServer().findFirst().orElseThrow());
  }

  private static Message lastResponse(Pairing pair) {
    return decoded(pair.tap().lastResponse());
  }

  private static Message decoded(WireTap.Seen seen) {
    try {
      return UdpCodec.decode(seen.datagram());
    } catch (MessageFormatException malformed) {
      throw new AssertionError(seen + " is malformed", malformed);
    }
  }
}
