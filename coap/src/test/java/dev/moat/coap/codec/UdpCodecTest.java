package dev.moat.coap.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import dev.moat.bytes.Bytes;
import dev.moat.coap.ArbitraryMessages;
import dev.moat.coap.codec.MessageFormatException.Reason;
import dev.moat.coap.codec.MessageFormatException.Rejectable;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.Options;
import dev.moat.testkit.Seeded;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class UdpCodecTest {
  @Test
  void decodesWhatItEncodes() {
    Seeded.check(
        500,
        arbitrary -> {
          Message message = ArbitraryMessages.message(arbitrary);
          assertThat(UdpCodec.decode(UdpCodec.encode(message))).isEqualTo(message);
        });
  }

  @Test
  void encodesEveryDatagramItAcceptsBackOctetByOctetAndRefusesTheRestWithAReason() {
    Set<Reason> met = EnumSet.noneOf(Reason.class);
    Seeded.check(
        3000,
        arbitrary -> {
          Bytes datagram =
              arbitrary.chance(20)
                  ? arbitrary.bytes(64)
                  : arbitrary.damaged(UdpCodec.encode(ArbitraryMessages.message(arbitrary)));
          try {
            assertThat(UdpCodec.encode(UdpCodec.decode(datagram))).isEqualTo(datagram);
          } catch (MessageFormatException refusal) {
            met.add(refusal.reason());
            assertThat(refusal.offset()).isBetween(0, datagram.length());
            assertThat(refusal.getStackTrace()).isEmpty();
          }
        });
    assertThat(met)
        .isEqualTo(EnumSet.range(Reason.TRUNCATED_HEADER, Reason.TRUNCATED_OPTION_VALUE));
  }

  @Test
  void survivesTheMostOptionsADatagramCanHold() throws Exception {
    byte[] datagram = new byte[65_507];
    datagram[0] = 0x40;
    datagram[1] = 1;
    Message message = UdpCodec.decode(Bytes.owned(datagram));
    assertThat(message.options().size()).isEqualTo(datagram.length - 4);
    assertThat(UdpCodec.encode(message)).isEqualTo(Bytes.owned(datagram));
  }

  @Test
  void sharesTheDatagramInsteadOfCopyingIt() throws Exception {
    byte[] array = Bytes.hex("41010001aab161ff70").toArray();
    Message message = UdpCodec.decode(Bytes.owned(array));
    array[array.length - 1] = 'q';
    assertThat(message.payload().toUtf8()).isEqualTo("q");
  }

  @Test
  void allocatesNothingBeyondTheMessageItsOptionsAndItsViews() throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Bytes datagram = Bytes.hex("44010001aabbccddb673656e736f72052361626364ff0102");
    for (int i = 0; i < 20_000; i++) {
      assertDecodes(datagram);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1000; i++) {
      assertDecodes(datagram);
    }
    long perMessage = (threads.getCurrentThreadAllocatedBytes() - before) / 1000;
    // 256 with 32-bit references, of which 32 are the reader's when it is not elided; 360 with
    // 64-bit ones.
    assertThat(perMessage).isLessThanOrEqualTo(384);
  }

  private static void assertDecodes(Bytes datagram) throws MessageFormatException {
    if (UdpCodec.decode(datagram).options().size() != 2) {
      throw new AssertionError("two options");
    }
  }

  @Nested
  class Section3 {
    @Test
    void pointsAtWhatIsWrong() {
      assertRefused("400100", Reason.TRUNCATED_HEADER, 3);
      assertRefused("80010001", Reason.UNKNOWN_VERSION, 0);
      assertRefused("4f010001", Reason.RESERVED_TKL, 0);
      assertRefused("42010001aa", Reason.TRUNCATED_TOKEN, 4);
      assertRefused("40010001b161ff", Reason.MARKER_WITHOUT_PAYLOAD, 6);
      assertRefused("40010001b161d0", Reason.TRUNCATED_OPTION_HEADER, 7);
      assertRefused("40010001b161f0", Reason.RESERVED_NIBBLE_15, 6);
      assertRefused("40010001e0fef210", Reason.OPTION_NUMBER_OVERFLOW, 7);
      assertRefused("40010001b461", Reason.TRUNCATED_OPTION_VALUE, 5);
    }

    @Test
    void saysHowToRejectAMessageWhoseHeaderIsReadable() {
      assertThat(refusal("40010203f0").rejectable())
          .contains(new Rejectable(MessageType.CON, 0x0203));
      assertThat(refusal("5901fffe").rejectable())
          .contains(new Rejectable(MessageType.NON, 0xfffe));
    }

    @Test
    void ignoresUnknownVersionsAndStubsInSilence() {
      assertThat(refusal("c0010203").rejectable()).isEmpty();
      assertThat(refusal("4001").rejectable()).isEmpty();
    }
  }

  @Nested
  class Section41 {
    @Test
    void refusesAnEmptyMessageWithContent() {
      assertRefused("4000000100", Reason.NON_EMPTY_EMPTY_MESSAGE, 4);
      assertRefused("40000001ff61", Reason.NON_EMPTY_EMPTY_MESSAGE, 4);
      assertRefused("41000001aa", Reason.NON_EMPTY_EMPTY_MESSAGE, 0);
      assertRefused("41000001", Reason.TRUNCATED_TOKEN, 4);
    }

    @Test
    void doesNotEncodeAnEmptyMessageWithContent() {
      assertNotEncodable(
          message(Code.EMPTY, Bytes.of(1), Options.none(), Bytes.empty()), "Empty message");
      assertNotEncodable(
          message(Code.EMPTY, Bytes.empty(), Options.none(), Bytes.of(1)), "Empty message");
      assertNotEncodable(
          message(Code.EMPTY, Bytes.empty(), Options.of(Option.uint(6, 0)), Bytes.empty()),
          "Empty message");
    }
  }

  @Nested
  class Rfc8974 {
    @Test
    void keepsTheGapBetweenPlainAndExtendedTokensClosedByDefault() {
      for (int tkl = 9; tkl <= 12; tkl++) {
        String datagram = "4" + Integer.toHexString(tkl) + "010001" + "00".repeat(tkl);
        assertRefused(datagram, Reason.RESERVED_TKL, 0);
      }
      assertNotEncodable(
          message(Code.GET, Bytes.owned(new byte[9]), Options.none(), Bytes.empty()), "9 octets");
    }

    @Test
    void opensTheGapOnRequest() throws Exception {
      Message message = message(Code.GET, Bytes.owned(new byte[12]), Options.none(), Bytes.empty());
      Bytes datagram = UdpCodec.encode(message, TokenLengths.FULL);
      assertThat(datagram.at(0) & 15).isEqualTo(12);
      assertThat(UdpCodec.decode(datagram, TokenLengths.FULL)).isEqualTo(message);
    }

    @Test
    void refusesExtendedTokensWhereOnlyBasicOnesAreUnderstood() {
      Message message = message(Code.GET, Bytes.owned(new byte[13]), Options.none(), Bytes.empty());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> UdpCodec.encode(message, TokenLengths.BASIC))
          .withMessageContaining("13 octets");
    }

    @Test
    void refusesAnExtendedLengthThatIsCutOffOrTooLong() {
      assertRefused("4d010001", Reason.TRUNCATED_TOKEN, 4);
      assertRefused("4e01000100", Reason.TRUNCATED_TOKEN, 4);
      assertRefused("4d010001ff00", Reason.TRUNCATED_TOKEN, 5);
      assertRefused("4e010001ffff", Reason.TRUNCATED_TOKEN, 6);
    }
  }

  @Test
  void doesNotEncodeAnOptionValueBeyondItsForm() throws Exception {
    Bytes longest = Bytes.owned(new byte[OptionWriter.MAX_VALUE_OCTETS]);
    Message fits = withOption(longest);
    assertThat(UdpCodec.decode(UdpCodec.encode(fits))).isEqualTo(fits);
    assertNotEncodable(withOption(longest.plus(Bytes.of(0))), "65805 octets");
  }

  private static Message withOption(Bytes value) {
    return message(Code.GET, Bytes.empty(), Options.of(new Option(11, value)), Bytes.empty());
  }

  private static Message message(Code code, Bytes token, Options options, Bytes payload) {
    return new Message(MessageType.CON, 1, code, token, options, payload);
  }

  private static void assertNotEncodable(Message message, String rule) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UdpCodec.encode(message))
        .withMessageContaining(rule);
  }

  private static void assertRefused(String hex, Reason reason, int offset) {
    MessageFormatException refusal = refusal(hex);
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.offset()).isEqualTo(offset);
    assertThat(refusal).hasMessage(reason.label() + " at octet " + offset);
  }

  private static MessageFormatException refusal(String hex) {
    return catchThrowableOfType(
        MessageFormatException.class, () -> UdpCodec.decode(Bytes.hex(hex)));
  }
}
