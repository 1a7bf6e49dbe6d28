package dev.moat.foe.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.codec.TcpCodec;
import dev.moat.coap.codec.WsCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.Options;
import dev.moat.foe.attack.Records;
import dev.moat.foe.path.Transport;
import dev.moat.foe.scenario.Direction;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the judge knows of the content of records. */
class RecordedMessagesTest {
  private static final int TLS_OVERHEAD = 33;

  private static RecordedMessages over(Transport transport) {
    return new RecordedMessages(transport, new Records(transport.security(), 0));
  }

  private static StreamMessage message(int token, int payloadOctets) {
    return new StreamMessage(
        Code.PUT, Bytes.of(token), Options.none(), Bytes.copyOf(new byte[payloadOctets]));
  }

  private static Bytes record(int messageOctets, int salt) {
    int octets = messageOctets + TLS_OVERHEAD;
    return Bytes.of(23, 3, 3, octets >> 8, octets & 0xff, salt)
        .plus(Bytes.copyOf(new byte[octets - 1]));
  }

  private static Optional<Bytes> token(RecordedMessages messages, Bytes unit) {
    return messages.message(Direction.TO_SERVER, unit).map(Message::token);
  }

  @Test
  void isInTheOrderInWhichItWasSent() {
    RecordedMessages messages = over(Transport.TLS);
    Bytes one = TcpCodec.encode(message(1, 5));
    Bytes two = TcpCodec.encode(message(2, 5));
    messages.sent(Direction.TO_SERVER, one);
    messages.sent(Direction.TO_SERVER, two);
    Bytes first = record(one.length(), 1);
    assertThat(token(messages, first)).contains(Bytes.of(1));
    assertThat(token(messages, record(two.length(), 2))).contains(Bytes.of(2));
    assertThat(token(messages, first)).as("asked again").contains(Bytes.of(1));
    assertThat(token(messages, record(two.length(), 3))).as("nothing more was sent").isEmpty();
  }

  @Test
  void isNotInRecordsOfTheTransportsOwn() {
    RecordedMessages messages = over(Transport.TLS);
    assertThat(token(messages, record(200, 1))).as("a ticket").isEmpty();
    Bytes one = TcpCodec.encode(message(1, 5));
    messages.sent(Direction.TO_SERVER, one);
    assertThat(token(messages, record(2, 2))).as("an alert").isEmpty();
    assertThat(token(messages, record(one.length(), 3))).contains(Bytes.of(1));
  }

  @Test
  void goesOnBehindWhatNeverCame() {
    RecordedMessages messages = over(Transport.TLS);
    messages.sent(Direction.TO_SERVER, TcpCodec.encode(message(1, 9)));
    Bytes two = TcpCodec.encode(message(2, 5));
    messages.sent(Direction.TO_SERVER, two);
    assertThat(token(messages, record(two.length(), 1))).contains(Bytes.of(2));
  }

  @Test
  void isMaskedOnItsWayToAWebSocketServerOnly() {
    RecordedMessages messages = over(Transport.WSS);
    Bytes one = WsCodec.encode(message(1, 5));
    messages.sent(Direction.TO_SERVER, one);
    messages.sent(Direction.TO_CLIENT, one);
    assertThat(token(messages, record(one.length() + 6, 1))).contains(Bytes.of(1));
    assertThat(messages.message(Direction.TO_CLIENT, record(one.length() + 2, 2))).isPresent();
  }
}
