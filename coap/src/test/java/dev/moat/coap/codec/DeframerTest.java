package dev.moat.coap.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import dev.moat.bytes.Bytes;
import dev.moat.coap.ArbitraryMessages;
import dev.moat.coap.codec.MessageFormatException.Reason;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Options;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.Seeded;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeframerTest {
  private static final int LIMIT = 1 << 18;

  @Test
  void findsTheSameMessagesHoweverTheStreamIsCut() {
    Seeded.check(
        300,
        arbitrary -> {
          List<StreamMessage> sent = new ArrayList<>();
          Bytes stream = Bytes.empty();
          for (int left = arbitrary.between(1, 6); left > 0; left--) {
            StreamMessage message = ArbitraryMessages.streamMessage(arbitrary);
            sent.add(message);
            stream = stream.plus(TcpCodec.encode(message));
          }
          Deframer deframer = new Deframer(LIMIT);
          List<StreamMessage> found = new ArrayList<>();
          for (int at = 0; at < stream.length(); ) {
            int end = Math.min(stream.length(), at + 1 + arbitrary.length(5000));
            found.addAll(all(deframer, stream.slice(at, end)));
            at = end;
          }
          assertThat(found).isEqualTo(sent);
          assertThat(deframer.isMidMessage()).isFalse();
        });
  }

  @Test
  void copesWithACutAtEveryOctet() throws Exception {
    Bytes stream = Bytes.empty();
    List<StreamMessage> sent = new ArrayList<>();
    Arbitrary arbitrary = new Arbitrary(Seeded.random());
    for (int bodyOctets : new int[] {0, 12, 13, 269}) {
      Bytes payload = arbitrary.random().bytes(Math.max(0, bodyOctets - 1));
      Bytes token = arbitrary.random().bytes(bodyOctets == 13 ? 269 : bodyOctets % 8);
      sent.add(new StreamMessage(Code.CONTENT, token, Options.none(), payload));
      stream = stream.plus(TcpCodec.encode(sent.get(sent.size() - 1)));
    }
    for (int cut = 0; cut <= stream.length(); cut++) {
      Deframer deframer = new Deframer(LIMIT);
      List<StreamMessage> found = all(deframer, stream.slice(0, cut));
      found.addAll(all(deframer, stream.slice(cut, stream.length())));
      assertThat(found).as("cut at %d", cut).isEqualTo(sent);
    }
    Deframer octetByOctet = new Deframer(LIMIT);
    List<StreamMessage> found = new ArrayList<>();
    for (int at = 0; at < stream.length(); at++) {
      found.addAll(all(octetByOctet, stream.slice(at, at + 1)));
    }
    assertThat(found).isEqualTo(sent);
  }

  @Test
  void agreesWithTheCodecOnWhateverArrives() {
    Seeded.check(
        3000,
        arbitrary -> {
          Bytes octets =
              arbitrary.damaged(TcpCodec.encode(ArbitraryMessages.streamMessage(arbitrary)));
          Deframer deframer = new Deframer(Integer.MAX_VALUE);
          int cut = arbitrary.between(0, octets.length());
          try {
            List<StreamMessage> found = all(deframer, octets.slice(0, cut));
            found.addAll(all(deframer, octets.slice(cut, octets.length())));
            if (found.size() == 1 && !deframer.isMidMessage()) {
              assertThat(TcpCodec.decode(octets)).isEqualTo(found.get(0));
            }
          } catch (MessageFormatException refusal) {
            assertThat(refusal.getStackTrace()).isEmpty();
          }
        });
  }

  @Test
  void refusesATooLongMessageAsSoonAsItsLengthIsKnown() {
    assertThat(refusal(100, "d056").reason()).isEqualTo(Reason.TOO_LONG);
    assertThat(refusal(100, "e00000").reason()).isEqualTo(Reason.TOO_LONG);
    assertThat(refusal(100, "f000000000").reason()).isEqualTo(Reason.TOO_LONG);
    assertThat(refusal(100, "f0ffffffff").reason()).isEqualTo(Reason.TOO_LONG);
    assertThat(refusal(100, "d854").reason()).isEqualTo(Reason.TOO_LONG);
    assertThat(refusal(100, "0e010000").reason()).isEqualTo(Reason.TOO_LONG);
  }

  @Test
  void takesAMessageOfJustTheLimit() throws Exception {
    Deframer deframer = new Deframer(100);
    Bytes longest = Bytes.hex("d05402ff" + "00".repeat(96));
    assertThat(longest.length()).isEqualTo(100);
    assertThat(all(deframer, longest)).hasSize(1);
    assertThat(refusal(99, "d054").reason()).isEqualTo(Reason.TOO_LONG);
  }

  @Test
  void refusesAReservedTokenLengthAtTheFirstOctet() {
    assertThat(refusal(100, "0f").reason()).isEqualTo(Reason.RESERVED_TKL);
  }

  @Test
  void staysRefusedAndDropsWhatFollows() throws Exception {
    Deframer deframer = new Deframer(100);
    deframer.feed(Bytes.hex("00010f0000010001"));
    assertThat(deframer.next()).isPresent();
    MessageFormatException first = refusal(deframer);
    deframer.feed(Bytes.hex("0001"));
    assertThat(refusal(deframer)).isSameAs(first);
    assertThat(deframer.octetsWaiting()).isZero();
    assertThat(deframer.isMidMessage()).isFalse();
  }

  @Test
  void saysHowMuchOfAMessageWaits() throws Exception {
    Deframer deframer = new Deframer(100);
    assertThat(deframer.isMidMessage()).isFalse();
    assertThat(all(deframer, Bytes.hex("0001d0"))).hasSize(1);
    assertThat(deframer.octetsWaiting()).isEqualTo(1);
    assertThat(all(deframer, Bytes.hex("0002ff"))).isEmpty();
    assertThat(deframer.octetsWaiting()).isEqualTo(4);
    assertThat(all(deframer, Bytes.owned(new byte[13]))).hasSize(1);
    assertThat(deframer.octetsWaiting()).isEqualTo(1);
    assertThat(deframer.isMidMessage()).isTrue();
    assertThat(all(deframer, Bytes.empty())).isEmpty();
    assertThat(deframer.octetsWaiting()).isEqualTo(1);
  }

  @Test
  void wantsEveryChunkReadToItsEnd() {
    Deframer deframer = new Deframer(100);
    deframer.feed(Bytes.hex("0001"));
    assertThatIllegalStateException().isThrownBy(() -> deframer.feed(Bytes.hex("0001")));
    assertThat(deframer.octetsWaiting()).isEqualTo(2);
  }

  @Test
  void wantsALimitThatAdmitsAMessage() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Deframer(1));
  }

  @Test
  void knowsTheTokenLengthsOfItsConnection() throws Exception {
    Bytes nine = Bytes.hex("0901" + "00".repeat(9));
    assertThat(all(new Deframer(100, TokenLengths.FULL), nine)).hasSize(1);
    assertThat(refusal(100, nine.toHex()).reason()).isEqualTo(Reason.RESERVED_TKL);
  }

  @Test
  void decodesAMessageInOneChunkWithoutACopy() throws Exception {
    byte[] array = Bytes.hex("2001ff70").toArray();
    Deframer deframer = new Deframer(100);
    deframer.feed(Bytes.owned(array));
    StreamMessage message = deframer.next().orElseThrow();
    array[3] = 'q';
    assertThat(message.payload().toUtf8()).isEqualTo("q");
  }

  @Test
  void takesNoRoomForWhatIsOnlyAnnounced() throws Exception {
    Bytes head = Bytes.hex("f03000000002");
    long before = allocated();
    for (int i = 0; i < 100; i++) {
      Deframer deframer = new Deframer(1 << 30);
      assertThat(all(deframer, head)).isEmpty();
      assertThat(all(deframer, head)).isEmpty();
    }
    assertThat(allocated() - before).isLessThan(10_000_000);
  }

  @Test
  void copiesEachOctetABoundedNumberOfTimes() throws Exception {
    int octets = 1 << 18;
    StreamMessage large =
        new StreamMessage(
            Code.POST, Bytes.empty(), Options.none(), Bytes.owned(new byte[octets - 8]));
    Bytes stream = TcpCodec.encode(large);
    Deframer deframer = new Deframer(octets);
    long before = allocated();
    int found = 0;
    for (int at = 0; at < stream.length(); at++) {
      deframer.feed(stream.slice(at, at + 1));
      found += deframer.next().isPresent() ? 1 : 0;
    }
    assertThat(found).isOne();
    // Quadratic copying would allocate 2^35 octets; some hundred octets a step are the chunks'.
    assertThat(allocated() - before).isLessThan(400L * octets);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private static List<StreamMessage> all(Deframer deframer, Bytes chunk)
      throws MessageFormatException {
    List<StreamMessage> messages = new ArrayList<>();
    deframer.feed(chunk);
    for (var next = deframer.next(); next.isPresent(); next = deframer.next()) {
      messages.add(next.get());
    }
    return messages;
  }

  private static MessageFormatException refusal(int limit, String hex) {
    Deframer deframer = new Deframer(limit);
    deframer.feed(Bytes.hex(hex));
    return refusal(deframer);
  }

  private static MessageFormatException refusal(Deframer deframer) {
    return catchThrowableOfType(MessageFormatException.class, deframer::next);
  }
}
