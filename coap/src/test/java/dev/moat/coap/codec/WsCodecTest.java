package dev.moat.coap.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moat.bytes.Bytes;
import dev.moat.coap.ArbitraryMessages;
import dev.moat.coap.codec.MessageFormatException.Reason;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Options;
import dev.moat.testkit.Seeded;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** RFC 8323, Section 4.2. */
class WsCodecTest {
  @Test
  void decodesWhatItEncodes() {
    Seeded.check(
        500,
        arbitrary -> {
          StreamMessage message = ArbitraryMessages.streamMessage(arbitrary);
          assertThat(WsCodec.decode(WsCodec.encode(message))).isEqualTo(message);
        });
  }

  @Test
  void encodesWhatItAcceptsBackOctetByOctetAndRefusesTheRestWithAReason() {
    Set<Reason> met = EnumSet.noneOf(Reason.class);
    Seeded.check(
        3000,
        arbitrary -> {
          Bytes octets =
              arbitrary.chance(20)
                  ? arbitrary.bytes(64)
                  : arbitrary.damaged(WsCodec.encode(ArbitraryMessages.streamMessage(arbitrary)));
          try {
            StreamMessage message = WsCodec.decode(octets);
            if (!message.isEmpty()) {
              assertThat(WsCodec.encode(message)).isEqualTo(octets);
            }
          } catch (MessageFormatException refusal) {
            met.add(refusal.reason());
            assertThat(refusal.offset()).isBetween(0, octets.length());
          }
        });
    assertThat(met)
        .hasSizeGreaterThan(6)
        .isSubsetOf(
            EnumSet.of(
                Reason.TRUNCATED_HEADER,
                Reason.NON_ZERO_LEN,
                Reason.RESERVED_TKL,
                Reason.TRUNCATED_TOKEN,
                Reason.MARKER_WITHOUT_PAYLOAD,
                Reason.TRUNCATED_OPTION_HEADER,
                Reason.RESERVED_NIBBLE_15,
                Reason.OPTION_NUMBER_OVERFLOW,
                Reason.TRUNCATED_OPTION_VALUE));
  }

  @Test
  void pointsAtWhatIsWrong() {
    assertRefused("", Reason.TRUNCATED_HEADER, 0);
    assertRefused("00", Reason.TRUNCATED_HEADER, 1);
    assertRefused("1001", Reason.NON_ZERO_LEN, 0);
    assertRefused("0901000000000000000000", Reason.RESERVED_TKL, 0);
    assertRefused("0201aa", Reason.TRUNCATED_TOKEN, 2);
    assertRefused("0d01", Reason.TRUNCATED_TOKEN, 2);
    assertRefused("0001ff", Reason.MARKER_WITHOUT_PAYLOAD, 2);
  }

  @Test
  void ignoresWhatAnEmptyMessageCarries() throws Exception {
    assertThat(WsCodec.decode(Bytes.hex("0100aaff"))).isSameAs(StreamMessage.empty());
    assertThat(WsCodec.encode(StreamMessage.empty()).toHex()).isEqualTo("0000");
  }

  @Test
  void keepsToTheTokenLengthsOfTheReceiver() throws Exception {
    StreamMessage nine =
        new StreamMessage(Code.GET, Bytes.owned(new byte[9]), Options.none(), Bytes.empty());
    assertThatIllegalArgumentException().isThrownBy(() -> WsCodec.encode(nine));
    Bytes octets = WsCodec.encode(nine, TokenLengths.FULL);
    assertThat(WsCodec.decode(octets, TokenLengths.FULL)).isEqualTo(nine);
  }

  private static void assertRefused(String hex, Reason reason, int offset) {
    MessageFormatException refusal =
        catchThrowableOfType(MessageFormatException.class, () -> WsCodec.decode(Bytes.hex(hex)));
    assertThat(refusal.reason()).as(hex).isEqualTo(reason);
    assertThat(refusal.offset()).as(hex).isEqualTo(offset);
  }
}
