package dev.moat.coap.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moat.bytes.Bytes;
import dev.moat.coap.ArbitraryMessages;
import dev.moat.coap.codec.MessageFormatException.Reason;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.Options;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.Seeded;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TcpCodecTest {
  @Test
  void decodesWhatItEncodes() {
    Seeded.check(
        500,
        arbitrary -> {
          StreamMessage message = ArbitraryMessages.streamMessage(arbitrary);
          assertThat(TcpCodec.decode(TcpCodec.encode(message))).isEqualTo(message);
        });
  }

  @Test
  void encodesWhatItAcceptsBackOctetByOctetAndRefusesTheRestWithAReason() {
    Set<Reason> met = EnumSet.noneOf(Reason.class);
    Seeded.check(
        3000,
        arbitrary -> {
          Bytes octets = anything(arbitrary);
          try {
            StreamMessage message = TcpCodec.decode(octets);
            if (!message.isEmpty()) {
              assertThat(TcpCodec.encode(message)).isEqualTo(octets);
            }
          } catch (MessageFormatException refusal) {
            met.add(refusal.reason());
            assertThat(refusal.offset()).isBetween(0, octets.length());
            assertThat(refusal.rejectable()).isEmpty();
            assertThat(refusal.getStackTrace()).isEmpty();
          }
        });
    assertThat(met)
        .hasSizeGreaterThan(6)
        .isSubsetOf(
            EnumSet.of(
                Reason.RESERVED_TKL,
                Reason.INCOMPLETE_MESSAGE,
                Reason.TRAILING_OCTETS,
                Reason.TOO_LONG,
                Reason.MARKER_WITHOUT_PAYLOAD,
                Reason.TRUNCATED_OPTION_HEADER,
                Reason.RESERVED_NIBBLE_15,
                Reason.OPTION_NUMBER_OVERFLOW,
                Reason.TRUNCATED_OPTION_VALUE));
  }

  @Nested
  class Section32 {
    @Test
    void hasOneFormForEveryLength() throws Exception {
      int[] lengths = {0, 1, 12, 13, 14, 268, 269, 270, 65_804, 65_805, 65_806, 200_000};
      int[] heads = {0x00, -1, 0xc0, 0xd0, 0xd0, 0xd0, 0xe0, 0xe0, 0xe0, 0xf0, 0xf0, 0xf0};
      for (int i = 0; i < lengths.length; i++) {
        if (lengths[i] == 1) {
          continue; // a payload marker alone is no body
        }
        StreamMessage message = withBody(lengths[i]);
        Bytes octets = TcpCodec.encode(message);
        assertThat(octets.at(0)).isEqualTo(heads[i]);
        assertThat(octets.length()).isEqualTo(TcpFrame.codeAt(octets.at(0)) + 1 + lengths[i]);
        assertThat(TcpCodec.decode(octets)).isEqualTo(message);
      }
    }

    @Test
    void writesTheExtendedLengthsAsTheRfcDoes() {
      assertThat(TcpCodec.encode(withBody(13)).slice(0, 3).toHex()).isEqualTo("d00045");
      assertThat(TcpCodec.encode(withBody(269)).slice(0, 4).toHex()).isEqualTo("e0000045");
      assertThat(TcpCodec.encode(withBody(65_805)).slice(0, 6).toHex()).isEqualTo("f00000000045");
      assertThat(TcpCodec.encode(withBody(200_000)).slice(0, 6).toHex()).isEqualTo("f000020c3345");
    }

    @Test
    void encodesFigure5() throws Exception {
      StreamMessage valid =
          new StreamMessage(Code.VALID, Bytes.of(0x7f), Options.none(), Bytes.empty());
      assertThat(TcpCodec.encode(valid).toHex()).isEqualTo("01437f");
      assertThat(TcpCodec.decode(Bytes.hex("01437f"))).isEqualTo(valid);
    }

    @Test
    void pointsAtWhatIsWrong() {
      assertRefused("", Reason.INCOMPLETE_MESSAGE, 0);
      assertRefused("00", Reason.INCOMPLETE_MESSAGE, 1);
      assertRefused("d0", Reason.INCOMPLETE_MESSAGE, 1);
      assertRefused("f0000000", Reason.INCOMPLETE_MESSAGE, 4);
      assertRefused("0101", Reason.INCOMPLETE_MESSAGE, 2);
      assertRefused("000100", Reason.TRAILING_OCTETS, 2);
      assertRefused("0f01", Reason.RESERVED_TKL, 0);
      assertRefused("f0ffffffff01", Reason.TOO_LONG, 0);
      assertRefused("1001ff", Reason.MARKER_WITHOUT_PAYLOAD, 2);
      assertRefused("1001d0", Reason.TRUNCATED_OPTION_HEADER, 3);
      assertRefused("1001f0", Reason.RESERVED_NIBBLE_15, 2);
      assertRefused("4001e0fef210", Reason.OPTION_NUMBER_OVERFLOW, 5);
      assertRefused("2001b461", Reason.TRUNCATED_OPTION_VALUE, 3);
    }

    @Test
    void doesNotEncodeAnOptionValueBeyondItsForm() {
      Bytes tooLong = Bytes.owned(new byte[OptionWriter.MAX_VALUE_OCTETS + 1]);
      StreamMessage message =
          new StreamMessage(
              Code.GET, Bytes.empty(), Options.of(new Option(11, tooLong)), Bytes.empty());
      assertThatIllegalArgumentException().isThrownBy(() -> TcpCodec.encode(message));
    }

    private static StreamMessage withBody(int octets) {
      Bytes payload = Bytes.owned(new byte[Math.max(0, octets - 1)]);
      return new StreamMessage(Code.CONTENT, Bytes.empty(), Options.none(), payload);
    }
  }

  @Nested
  class Section34 {
    @Test
    void takesAnEmptyMessageForWhatItIsWhateverItCarries() throws Exception {
      for (String hex : new String[] {"0000", "0100aa", "1000ff", "2100aaff61", "1000f0"}) {
        assertThat(TcpCodec.decode(Bytes.hex(hex))).isSameAs(StreamMessage.empty());
      }
      assertThat(TcpCodec.encode(StreamMessage.empty()).toHex()).isEqualTo("0000");
    }

    @Test
    void sendsNoEmptyMessageWithContent() {
      assertNoMessage(Bytes.of(1), Options.none(), Bytes.empty());
      assertNoMessage(Bytes.empty(), Options.of(Option.uint(6, 0)), Bytes.empty());
      assertNoMessage(Bytes.empty(), Options.none(), Bytes.of(1));
    }

    private static void assertNoMessage(Bytes token, Options options, Bytes payload) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new StreamMessage(Code.EMPTY, token, options, payload))
          .withMessageContaining("Empty message");
    }
  }

  @Nested
  class Rfc8974 {
    @Test
    void putsTheExtendedTokenLengthBehindTheCode() throws Exception {
      Bytes token = Bytes.owned(new byte[13]);
      StreamMessage message =
          new StreamMessage(Code.GET, token, Options.none(), Bytes.utf8("0123456789ab"));
      Bytes octets = TcpCodec.encode(message);
      assertThat(octets.toHex())
          .isEqualTo("dd000100" + token.toHex() + "ff" + message.payload().toHex());
      assertThat(TcpCodec.decode(octets)).isEqualTo(message);
    }

    @Test
    void keepsToTheTokenLengthsOfTheReceiver() throws Exception {
      StreamMessage nine = withToken(9);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> TcpCodec.encode(nine))
          .withMessageContaining("9 octets");
      Bytes octets = TcpCodec.encode(nine, TokenLengths.FULL);
      assertThat(TcpCodec.decode(octets, TokenLengths.FULL)).isEqualTo(nine);
      assertRefused(octets.toHex(), Reason.RESERVED_TKL, 0);
    }

    @Test
    void refusesAnExtendedTokenThatIsCutOff() {
      assertRefused("0d01", Reason.INCOMPLETE_MESSAGE, 2);
      assertRefused("0e0100", Reason.INCOMPLETE_MESSAGE, 3);
      assertRefused("0d0100", Reason.INCOMPLETE_MESSAGE, 3);
    }

    @Test
    void admitsNoTokenBeyondItsForm() throws Exception {
      StreamMessage longest = withToken(Message.MAX_TOKEN_OCTETS);
      assertThat(TcpCodec.decode(TcpCodec.encode(longest))).isEqualTo(longest);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> withToken(Message.MAX_TOKEN_OCTETS + 1))
          .withMessageContaining("65805 octets");
    }

    private static StreamMessage withToken(int octets) {
      return new StreamMessage(
          Code.GET, Bytes.owned(new byte[octets]), Options.none(), Bytes.empty());
    }
  }

  private static Bytes anything(Arbitrary arbitrary) {
    return switch (arbitrary.between(0, 4)) {
      case 0 -> arbitrary.bytes(64);
      case 1 -> framed(arbitrary.bytes(12));
      default -> arbitrary.damaged(TcpCodec.encode(ArbitraryMessages.streamMessage(arbitrary)));
    };
  }

  /** A message of just this content. */
  private static Bytes framed(Bytes body) {
    return Bytes.of(body.length() << 4, 1).plus(body);
  }

  private static void assertRefused(String hex, Reason reason, int offset) {
    MessageFormatException refusal =
        catchThrowableOfType(MessageFormatException.class, () -> TcpCodec.decode(Bytes.hex(hex)));
    assertThat(refusal.reason()).as(hex).isEqualTo(reason);
    assertThat(refusal.offset()).as(hex).isEqualTo(offset);
  }
}
