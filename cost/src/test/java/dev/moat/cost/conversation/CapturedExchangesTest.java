package dev.moat.cost.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.cost.capture.CapturedDatagram;
import dev.moat.cost.capture.CapturedDatagram.Carrier;
import dev.moat.cost.capture.Endpoint;
import dev.moat.cost.exchange.ExchangeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How conversations are cut into exchanges. */
@Tag("LK-101")
class CapturedExchangesTest {
  private static final Endpoint PHONE = new Endpoint(Bytes.of(192, 0, 2, 1), 49_152);
  private static final Endpoint LOCK = new Endpoint(Bytes.of(192, 0, 2, 2), 5683);
  private static final Bytes MESSAGE_1 = Bytes.hex("03025820" + "11".repeat(32) + "06");
  private static final Bytes MESSAGE_2 = Bytes.hex("582b" + "22".repeat(43));
  private static final Bytes MESSAGE_3 = Bytes.hex("52" + "33".repeat(18));
  private static final Bytes TRUE = Bytes.of(0xf5);
  private static final Bytes C_R = Bytes.of(0x27);
  private static final Option OSCORE = new Option(OptionNumber.OSCORE, Bytes.of(0x09, 0, 0x27));
  private static final Option EDHOC_FORMAT = new Option(OptionNumber.CONTENT_FORMAT, Bytes.of(64));

  private final List<CapturedDatagram> datagrams = new ArrayList<>();
  private int messageId;

  @Nested
  class Edhoc {
    @Test
    void message1IsKnownUnderAnyPathAndThePathIsThenItsOwn() {
      post(1, "e", TRUE.plus(MESSAGE_1));
      reply(1, Code.CHANGED, MESSAGE_2);
      post(2, "e", C_R.plus(MESSAGE_3));
      reply(2, Code.CHANGED, Bytes.empty());
      assertThat(names(0))
          .containsExactly("message_1", "message_2", "message_3", "response to message_3");
    }

    @Test
    void aPathThatIsGivenTellsTriggers() {
      post(1, "e", Bytes.empty());
      reply(1, Code.CHANGED, MESSAGE_1);
      post(2, "e", C_R.plus(MESSAGE_2));
      reply(2, Code.CHANGED, MESSAGE_3);
      CaptureView view = new CaptureView("a test", "captured", Device.CLIENT, List.of("e"));
      assertThat(names(CapturedExchanges.of(datagrams, view).get(0)))
          .containsExactly("trigger", "message_1", "message_2", "message_3");
    }

    @Test
    void whatIsRefusedForWantOfAnEchoComesAgain() {
      post(1, "e", TRUE.plus(MESSAGE_1));
      Option echo = new Option(OptionNumber.ECHO, Bytes.of(1, 2));
      send(LOCK, MessageType.ACK, Code.UNAUTHORIZED, 1, Options.of(echo), Bytes.empty());
      post(2, "e", TRUE.plus(MESSAGE_1));
      reply(2, Code.CHANGED, MESSAGE_2);
      post(3, "e", C_R.plus(MESSAGE_3));
      send(LOCK, MessageType.ACK, Code.UNAUTHORIZED, 3, Options.of(echo), Bytes.empty());
      post(4, "e", C_R.plus(MESSAGE_3));
      assertThat(names(0))
          .containsExactly(
              "message_1",
              "challenge",
              "message_1",
              "message_2",
              "message_3",
              "challenge",
              "message_3");
    }

    @Test
    void aNewHandshakeIsAnotherExchange() {
      post(1, "e", TRUE.plus(MESSAGE_1));
      reply(1, Code.CHANGED, MESSAGE_2);
      post(2, "e", C_R.plus(MESSAGE_3));
      shielded(PHONE, Code.POST, 3, Bytes.of(1));
      shielded(LOCK, Code.CHANGED, 3, Bytes.of(2));
      shielded(PHONE, Code.POST, 4, Bytes.of(3));
      shielded(LOCK, Code.CHANGED, 4, Bytes.of(4));
      post(5, "e", TRUE.plus(MESSAGE_1));
      List<CapturedExchange> all = exchanges();
      assertThat(all)
          .extracting(one -> one.exchange().id())
          .containsExactly("captured-1-edhoc", "captured-2-oscore-data", "captured-3-edhoc");
      assertThat(names(all.get(0)))
          .containsExactly(
              "message_1", "message_2", "message_3", "protected request", "protected response");
      assertThat(names(all.get(1))).containsExactly("protected request", "protected response");
      assertThat(names(all.get(2))).containsExactly("message_1");
    }

    @Test
    void acknowledgementsStayWithWhatTheyAcknowledge() {
      post(1, "e", TRUE.plus(MESSAGE_1));
      add(LOCK, Message.empty(MessageType.ACK, messageId));
      messageId++;
      reply(MessageType.CON, 1, Code.CHANGED, MESSAGE_2);
      add(PHONE, Message.empty(MessageType.ACK, messageId));
      post(2, "e", C_R.plus(MESSAGE_3));
      shielded(PHONE, Code.POST, 3, Bytes.of(1));
      add(LOCK, Message.empty(MessageType.ACK, messageId));
      messageId++;
      Options options = Options.of(OSCORE);
      send(LOCK, MessageType.CON, Code.CHANGED, 3, options, Bytes.of(2));
      add(PHONE, Message.empty(MessageType.ACK, messageId));
      assertThat(exchanges()).hasSize(1);
      assertThat(names(0))
          .containsExactly(
              "message_1",
              "acknowledgement",
              "message_2",
              "acknowledgement",
              "message_3",
              "protected request",
              "acknowledgement",
              "protected response",
              "acknowledgement");
    }

    @Test
    void aCaptureMayBeginInTheMiddle() {
      Options format = Options.of(EDHOC_FORMAT);
      send(LOCK, MessageType.ACK, Code.CHANGED, 1, format, MESSAGE_2);
      Options both = Options.of(OSCORE, new Option(OptionNumber.EDHOC, Bytes.empty()));
      send(PHONE, MessageType.CON, Code.POST, 2, both, MESSAGE_3.plus(Bytes.of(1, 2, 3)));
      shielded(LOCK, Code.CHANGED, 2, Bytes.of(2));
      CapturedExchange one = exchanges().get(0);
      assertThat(names(one))
          .containsExactly("message_2", "message_3 with request", "protected response");
      assertThat(one.client()).isEqualTo(PHONE);
      datagrams.clear();
      send(PHONE, MessageType.CON, Code.POST, 2, format, C_R.plus(MESSAGE_3));
      assertThat(names(0)).containsExactly("message_3");
    }

    @Test
    void errorsOfEitherSide() {
      post(1, "e", TRUE.plus(MESSAGE_1));
      Bytes error = Bytes.hex("0161" + "78");
      send(LOCK, MessageType.ACK, Code.BAD_REQUEST, 1, Options.of(EDHOC_FORMAT), error);
      post(2, "e", TRUE.plus(MESSAGE_1));
      reply(2, Code.CHANGED, MESSAGE_2);
      post(3, "e", C_R.plus(error));
      assertThat(names(0))
          .containsExactly("message_1", "error message", "message_1", "message_2", "error message");
    }
  }

  @Nested
  class Doubts {
    @Test
    void messagesInBlocksAreRemarkedOn() {
      post(1, "e", TRUE.plus(MESSAGE_1));
      Option first = new Option(OptionNumber.BLOCK2, Bytes.of(0x08)); // number 0, more, 16 octets
      send(LOCK, MessageType.ACK, Code.CHANGED, 1, Options.of(first), MESSAGE_2.slice(0, 16));
      assertThat(exchanges().get(0).remarks())
          .singleElement()
          .asString()
          .startsWith("EDHOC goes block-wise here");
    }

    @Test
    void twoHandshakesAtOnceAreRemarkedOnAndNoMessageIsTheFifth() {
      post(1, "e", TRUE.plus(MESSAGE_1));
      post(2, "e", TRUE.plus(MESSAGE_1));
      reply(1, Code.CHANGED, MESSAGE_2);
      reply(2, Code.CHANGED, MESSAGE_2);
      post(3, "e", C_R.plus(MESSAGE_3));
      post(4, "e", C_R.plus(MESSAGE_3));
      assertThat(names(0)).doesNotContain("message_5");
      assertThat(exchanges().get(0).remarks())
          .singleElement()
          .asString()
          .startsWith("messages of EDHOC come twice");
    }

    @Test
    void anOrdinaryHandshakeLeavesNone() {
      post(1, "e", TRUE.plus(MESSAGE_1));
      reply(1, Code.CHANGED, MESSAGE_2);
      post(2, "e", C_R.plus(MESSAGE_3));
      assertThat(exchanges().get(0).remarks()).isEmpty();
    }

    @Test
    void octetsThatTcpSendsAgainCountOnce() {
      Bytes hello = Bytes.hex("1603010040" + "0100003c0303" + "00".repeat(58));
      tcp(PHONE, 1, hello.slice(0, 30));
      tcp(PHONE, 1, hello);
      tcp(PHONE, 20, hello.slice(19, hello.length()));
      CapturedExchange one = exchanges().get(0);
      assertThat(one.exchange().messages())
          .extracting(ExchangeMessage::messageOctets)
          .containsExactly(30, hello.length() - 30);
      assertThat(one.remarks()).isEmpty();
    }

    @Test
    void aGapInTcpIsRemarkedOn() {
      Bytes hello = Bytes.hex("1603010040" + "0100003c0303" + "00".repeat(58));
      tcp(PHONE, 1, hello);
      tcp(PHONE, 100, Bytes.hex("1503010002" + "0100"));
      assertThat(exchanges().get(0).remarks())
          .singleElement()
          .asString()
          .startsWith("segments are missing");
    }

    @Test
    void whoChangesTheCipherIsNotWhoAsks() {
      raw(LOCK, "14fefd0000000000000001000101");
      raw(PHONE, "17fefd000100000000000100020102");
      raw(PHONE, Dtls.HELLO);
      assertThat(exchanges().get(0).client()).isEqualTo(PHONE);
    }

    private void tcp(Endpoint from, int sequence, Bytes payload) {
      Endpoint to = from.equals(PHONE) ? LOCK : PHONE;
      datagrams.add(
          new CapturedDatagram(datagrams.size(), from, to, Carrier.TCP, sequence, payload));
    }
  }

  @Test
  void plainCoapAndWhatIsNeitherAreExchangesOfTheirOwn() {
    send(PHONE, MessageType.CON, Code.GET, 1, Options.none(), Bytes.empty());
    reply(1, Code.CONTENT, Bytes.utf8("21.5"));
    add(PHONE, Message.empty(MessageType.CON, 900));
    add(LOCK, Message.empty(MessageType.RST, 900));
    datagrams.add(new CapturedDatagram(9, PHONE, LOCK, Carrier.UDP, 0, Bytes.of(0xff, 0xff)));
    Endpoint other = new Endpoint(PHONE.address(), 7);
    datagrams.add(new CapturedDatagram(10, other, LOCK, Carrier.UDP, 0, Bytes.of(0xff)));
    datagrams.add(new CapturedDatagram(11, other, LOCK, Carrier.TCP, 5, Bytes.of(0xff)));
    List<CapturedExchange> all = exchanges();
    assertThat(all)
        .extracting(one -> one.exchange().id())
        .containsExactly("captured-1-coap", "captured-2-udp", "captured-3-udp", "captured-4-tcp");
    assertThat(names(all.get(0))).containsExactly("GET", "2.05", "ping", "reset");
    assertThat(all.get(0).exchange().messages().get(1).payloadOctets()).isEqualTo(4);
  }

  @Test
  void anotherMessageWithTheSameMessageIdIsNoRepetition() {
    send(PHONE, MessageType.NON, Code.GET, 1, Options.none(), Bytes.empty());
    messageId--;
    send(PHONE, MessageType.NON, Code.GET, 2, Options.none(), Bytes.empty());
    datagrams.add(datagrams.get(0));
    CapturedExchange one = exchanges().get(0);
    assertThat(names(one)).containsExactly("GET", "GET");
    assertThat(one.repeats()).containsExactly(new Repeat("GET", 1, 5));
  }

  @Nested
  class Dtls {
    private static final String HELLO =
        "16fefd00000000000000000010" + "010000040000000000000004" + "fefd0000";
    private static final String SERVER_HELLO =
        "16fefd0000000000000000003a"
            + "0200002e000000000000002e"
            + "fefd"
            + "00".repeat(32)
            + "00"
            + "1301"
            + "00"
            + "0006"
            + "002b0002fefc";

    @Test
    void version13ShowsItsEpochs() {
      raw(PHONE, HELLO);
      raw(LOCK, SERVER_HELLO + "2e000100050102030405" + "2e00020001aa");
      raw(PHONE, "2e000100050102030405");
      raw(LOCK, "2300010005");
      raw(PHONE, "2f000100050102030405");
      raw(LOCK, "33aa00010005");
      CapturedExchange one = exchanges().get(0);
      assertThat(one.exchange().title()).startsWith("DTLS 1.3, ");
      assertThat(names(one))
          .containsExactly(
              "ClientHello",
              "ServerHello, protected handshake",
              "protected handshake",
              "protected data",
              "protected data");
    }

    @Test
    void aClientHelloAfterDataBeginsAnew() {
      raw(PHONE, HELLO);
      raw(PHONE, "17fefd000100000000000100020102");
      raw(LOCK, "17fefd000100000000000100020102" + "15fefd00010000000000020002aabb");
      raw(PHONE, "17fefd000100000000000200020102" + "18fefd0001000000000003000100");
      raw(PHONE, HELLO.substring(0, HELLO.length() - 4) + "0001");
      assertThat(exchanges())
          .extracting(CapturedExchangesTest::names)
          .containsExactly(
              List.of("ClientHello", "application data", "application data, Alert"),
              List.of("application data, Heartbeat"),
              List.of("ClientHello"));
    }

    @Test
    void whatDoesNotEndProperlyTellsLess() {
      raw(PHONE, "16fefd000000000000000000ff0100");
      raw(PHONE, "16fefd000000000000000000030b00");
      raw(PHONE, "1afefd00000000000000000001" + "aa" + "ffff");
      assertThat(names(0)).containsExactly("handshake", "handshake", "ACK, application data");
    }
  }

  @Test
  void anyOctetsAreRead() {
    Random random = new Random(7);
    for (int i = 0; i < 3000; i++) {
      byte[] octets = new byte[1 + random.nextInt(80)];
      random.nextBytes(octets);
      octets[0] = FIRST[random.nextInt(FIRST.length)];
      octets[octets.length > 1 ? 1 : 0] = random.nextBoolean() ? (byte) 0xfe : 3;
      Carrier carrier = random.nextBoolean() ? Carrier.UDP : Carrier.TCP;
      Endpoint from = new Endpoint(PHONE.address(), random.nextInt(40));
      boolean up = random.nextBoolean();
      datagrams.add(
          new CapturedDatagram(
              i, up ? from : LOCK, up ? LOCK : from, carrier, i, Bytes.copyOf(octets)));
    }
    int messages =
        exchanges().stream()
            .mapToInt(
                one ->
                    one.exchange().messages().size()
                        + one.repeats().stream().mapToInt(Repeat::times).sum())
            .sum();
    assertThat(messages).isEqualTo(3000);
  }

  private static final byte[] FIRST = {0x40, 0x44, 0x16, 0x14, 0x17, 0x19, 0x2e, 0x3f, 0, -1};

  private void post(int token, String path, Bytes payload) {
    Options options = Options.of(new Option(OptionNumber.URI_PATH, Bytes.utf8(path)));
    send(PHONE, MessageType.CON, Code.POST, token, options, payload);
  }

  private void reply(int token, Code code, Bytes payload) {
    reply(MessageType.ACK, token, code, payload);
  }

  private void reply(MessageType type, int token, Code code, Bytes payload) {
    send(LOCK, type, code, token, Options.none(), payload);
  }

  private void shielded(Endpoint from, Code code, int token, Bytes payload) {
    send(from, MessageType.NON, code, token, Options.of(OSCORE), payload);
  }

  /** A new Message ID for each but piggybacked responses. */
  private void send(
      Endpoint from, MessageType type, Code code, int token, Options options, Bytes payload) {
    messageId += type == MessageType.ACK ? 0 : 1;
    add(from, new Message(type, messageId, code, Bytes.of(token), options, payload));
  }

  private void add(Endpoint from, Message message) {
    datagrams.add(
        new CapturedDatagram(
            datagrams.size() + 1,
            from,
            from.equals(PHONE) ? LOCK : PHONE,
            Carrier.UDP,
            0,
            UdpCodec.encode(message)));
  }

  private void raw(Endpoint from, String hex) {
    Endpoint to = from.equals(PHONE) ? LOCK : PHONE;
    datagrams.add(
        new CapturedDatagram(datagrams.size() + 1, from, to, Carrier.UDP, 0, Bytes.hex(hex)));
  }

  private List<CapturedExchange> exchanges() {
    return CapturedExchanges.of(datagrams, CaptureView.of("a test"));
  }

  private List<String> names(int index) {
    return names(exchanges().get(index));
  }

  private static List<String> names(CapturedExchange one) {
    return one.exchange().messages().stream().map(ExchangeMessage::name).toList();
  }
}
