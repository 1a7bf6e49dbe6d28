package dev.moat.cost.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Layer;
import dev.moat.cost.exchange.Part;
import dev.moat.radio.Direction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExchangeReaderTest {
  /** RFC 9668, Figure 4: message_3 of 19 octets and a ciphertext of 13. */
  private static final Bytes RFC_9668 =
      Bytes.hex(
          "44025d1f0000397493090001c0ff52d5535f3147e85f1cfacd9e78abf9e0a81b"
              + "bf612f1092f1776f1c1668b3825e");

  private static final Option OSCORE = new Option(OptionNumber.OSCORE, Bytes.empty());
  private static final Option ECHO = new Option(OptionNumber.ECHO, Bytes.of(1));

  private final List<RecordedDatagram> datagrams = new ArrayList<>();

  private void request(Code code, String payload, Option... options) {
    add(true, code, payload, options);
  }

  private void response(Code code, String payload, Option... options) {
    add(false, code, payload, options);
  }

  private void add(boolean toServer, Code code, String payload, Option... options) {
    Message message =
        new Message(
            toServer ? MessageType.CON : MessageType.ACK,
            datagrams.size(),
            code,
            Bytes.empty(),
            Options.of(options),
            Bytes.hex(payload));
    datagrams.add(new RecordedDatagram(toServer, UdpCodec.encode(message), 0));
  }

  private List<ExchangeMessage> read() {
    return ExchangeReader.read(datagrams, true);
  }

  private List<String> names() {
    return read().stream().map(ExchangeMessage::name).toList();
  }

  @Test
  void takesTheExampleOfRfc9668Apart() {
    datagrams.add(new RecordedDatagram(true, RFC_9668, 0));
    ExchangeMessage message = read().get(0);
    assertThat(message.name()).isEqualTo(ExchangeReader.COMBINED);
    assertThat(message.part()).isEqualTo(Part.COMBINED);
    assertThat(message.octets(Layer.MESSAGE)).isEqualTo(19);
    assertThat(message.octets(Layer.PAYLOAD)).isEqualTo(19 + 13);
    assertThat(message.octets(Layer.DATAGRAM)).isEqualTo(46);
    assertThat(message.datagram()).contains(RFC_9668);
  }

  @Test
  void takesThePrefixOff() {
    request(Code.POST, "f5030241aa07");
    response(Code.CHANGED, "41bb");
    request(Code.POST, "0541cc"); // C_R is 5
    request(Code.POST, "420607" + "41dd"); // C_R has two octets
    List<ExchangeMessage> messages = read();
    assertThat(messages).extracting(ExchangeMessage::messageOctets).containsExactly(5, 2, 2, 2);
    assertThat(messages).extracting(ExchangeMessage::payloadOctets).containsExactly(6, 2, 3, 5);
  }

  @Test
  void numbersMessagesByTheirOrderWhoeverSendsThem() {
    request(Code.POST, "");
    response(Code.CHANGED, "0302");
    request(Code.POST, "0541bb");
    response(Code.CHANGED, "41cc");
    assertThat(names()).containsExactly("trigger", "message_1", "message_2", "message_3");
  }

  @Test
  void numbersAMessageOnceThatWasSentAgainForAnEcho() {
    request(Code.POST, "f5030241aa07");
    response(Code.UNAUTHORIZED, "", ECHO);
    request(Code.POST, "f5030241aa07", ECHO);
    response(Code.CHANGED, "41bb");
    assertThat(names()).containsExactly("message_1", "challenge", "message_1", "message_2");
  }

  @Test
  void namesWhatHasNoMessageInIt() {
    request(Code.POST, "0541cc");
    response(Code.CHANGED, "");
    request(Code.POST, "aabb", OSCORE);
    response(Code.CHANGED, "aabb", OSCORE);
    assertThat(names())
        .containsExactly(
            "message_1", "response to message_3", "protected request", "protected response");
    assertThat(read().get(1).messageOctets()).isZero();
    assertThat(read().get(2).part()).isEqualTo(Part.DATA);
  }

  @Test
  void doesNotTakeOtherThingsForEdhoc() {
    request(Code.GET, "");
    response(Code.CONTENT, "31");
    request(Code.POST, "5f"); // no connection identifier
    response(Code.BAD_REQUEST, "016178"); // an error message
    request(Code.POST, "05" + "016178"); // an error of the client
    request(Code.POST, "00", OSCORE, new Option(OptionNumber.EDHOC, Bytes.empty()));
    request(Code.EMPTY, "");
    response(Code.EMPTY, "");
    assertThat(names())
        .containsExactly(
            "request",
            "response",
            "other",
            "other",
            "other",
            "other",
            "empty message",
            "empty message");
  }

  @Test
  void turnsDirectionsWhereTheDeviceIsTheServer() {
    request(Code.POST, "f5030241aa07");
    response(Code.CHANGED, "41bb");
    assertThat(ExchangeReader.read(datagrams, true))
        .extracting(ExchangeMessage::direction)
        .containsExactly(Direction.UPLINK, Direction.DOWNLINK);
    assertThat(ExchangeReader.read(datagrams, false))
        .extracting(ExchangeMessage::direction)
        .containsExactly(Direction.DOWNLINK, Direction.UPLINK);
  }

  @Test
  void refusesWhatIsNoCoap() {
    datagrams.add(new RecordedDatagram(true, Bytes.of(0xff, 0xff), 0));
    assertThatThrownBy(this::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 octets is no CoAP message");
  }
}
