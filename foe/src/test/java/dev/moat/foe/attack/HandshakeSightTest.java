package dev.moat.foe.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.foe.scenario.HandshakeMessage;
import org.junit.jupiter.api.Test;

/** What everybody can tell of a handshake's messages. */
class HandshakeSightTest {
  private static final Peer SERVER = Peer.of(Bytes.of(10, 0, 0, 2), 5683);
  private static final Bytes MESSAGE_1 = Bytes.hex("f503000142aabb0a");
  private static final Bytes MESSAGE_3 = Bytes.hex("0a42aabb");
  private static final Bytes ERROR_TO_SERVER = Bytes.hex("0a016141");
  private static final Bytes ERROR = Bytes.hex("016141");
  private static final Bytes BYTE_STRING = Bytes.hex("42aabb");

  private final HandshakeSight sight = new HandshakeSight();

  private static Bytes request(int token, String path, Bytes payload) {
    Options options = Request.to(SERVER, Code.POST, path).options();
    return UdpCodec.encode(
        new Message(MessageType.CON, token, Code.POST, Bytes.of(token), options, payload));
  }

  private static Bytes response(int token, Code code, Bytes payload) {
    return UdpCodec.encode(
        new Message(MessageType.ACK, token, code, Bytes.of(token), Options.none(), payload));
  }

  private void asked(int token, Bytes payload) {
    sight.noticed(request(token, "/.well-known/edhoc", payload));
  }

  @Test
  void requestsShowByHowTheyBegin() {
    String path = "/.well-known/edhoc";
    assertThat(sight.messageIn(request(1, path, MESSAGE_1))).contains(HandshakeMessage.MESSAGE_1);
    assertThat(sight.messageIn(request(1, path, MESSAGE_3))).contains(HandshakeMessage.MESSAGE_3);
    assertThat(sight.messageIn(request(1, path, ERROR_TO_SERVER))).contains(HandshakeMessage.ERROR);
    assertThat(sight.messageIn(request(1, path, Bytes.empty()))).isEmpty();
    assertThat(sight.messageIn(request(1, path, Bytes.hex("ff")))).isEmpty();
    assertThat(sight.messageIn(request(1, "/lock", MESSAGE_1))).isEmpty();
  }

  @Test
  void responsesShowByWhatTheyAnswer() {
    assertThat(sight.messageIn(response(1, Code.CHANGED, BYTE_STRING))).isEmpty();
    asked(1, MESSAGE_1);
    asked(2, MESSAGE_3);
    assertThat(sight.messageIn(response(1, Code.CHANGED, BYTE_STRING)))
        .contains(HandshakeMessage.MESSAGE_2);
    assertThat(sight.messageIn(response(2, Code.CHANGED, BYTE_STRING)))
        .contains(HandshakeMessage.MESSAGE_4);
    assertThat(sight.messageIn(response(2, Code.CHANGED, Bytes.empty())))
        .contains(HandshakeMessage.DONE);
    assertThat(sight.messageIn(response(1, Code.BAD_REQUEST, ERROR)))
        .contains(HandshakeMessage.ERROR);
    assertThat(sight.messageIn(response(1, Code.UNAUTHORIZED, Bytes.empty()))).isEmpty();
  }

  @Test
  void message3ShowsInsideOfAProtectedRequest() {
    Options options =
        Options.of(
            new Option(OptionNumber.OSCORE, Bytes.hex("09000a")),
            new Option(OptionNumber.EDHOC, Bytes.empty()));
    Bytes combined =
        UdpCodec.encode(
            new Message(
                MessageType.CON, 3, Code.POST, Bytes.of(3), options, Bytes.hex("42aabbccdd")));
    assertThat(sight.messageIn(combined)).contains(HandshakeMessage.MESSAGE_3);
    // What else is in it is described by who reads OSCORE's header.
    assertThat(sight.describe(combined)).isEmpty();
    assertThat(sight.describe(request(4, "/.well-known/edhoc", MESSAGE_1)))
        .contains("CON MID=0004 T=04 EDHOC message_1, 8 octets");
  }
}
