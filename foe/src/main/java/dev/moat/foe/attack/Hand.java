package dev.moat.foe.attack;

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
import dev.moat.edhoc.coap.EdhocMessages;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Foe's own hand: CoAP messages around messages of handshakes, whose headers nothing protects. A
 * response gets the Message ID and the token of the client's latest request; a request has its own,
 * so that nothing below EDHOC takes it for a copy.
 */
final class Hand {
  private static final Peer NOBODY = Peer.of(Bytes.of(127, 0, 0, 1), 0);
  private static final int FIRST_MESSAGE_ID = 0xf0e0;
  private static final int TOKEN = 0x0f0e_0000;

  private final Set<Bytes> tokens = new HashSet<>();
  private @Nullable Message asked;
  private int made;

  /** The client sent a message of a handshake. */
  void noticed(Message request) {
    asked = request;
  }

  /** A response to what the client asked last; empty when it has asked nothing. */
  Optional<Bytes> toClient(Bytes payload, boolean error) {
    Message request = asked;
    if (request == null) {
      return Optional.empty();
    }
    Options options = Options.of(format(EdhocMessages.EDHOC));
    Code code = error ? Code.BAD_REQUEST : Code.CHANGED;
    return Optional.of(
        UdpCodec.encode(
            new Message(
                MessageType.ACK, request.messageId(), code, request.token(), options, payload)));
  }

  /** A request of Foe's own. */
  Bytes toServer(Bytes payload) {
    Bytes token = Bytes.uint(TOKEN + made);
    tokens.add(token);
    Options options =
        Request.to(NOBODY, Code.POST, EdhocMessages.DEFAULT_PATH)
            .with(format(EdhocMessages.CID_EDHOC))
            .options();
    return UdpCodec.encode(
        new Message(
            MessageType.CON, FIRST_MESSAGE_ID + made++, Code.POST, token, options, payload));
  }

  private static Option format(int number) {
    return Option.uint(OptionNumber.CONTENT_FORMAT, number);
  }

  /** True for an answer to a request of Foe's own. */
  boolean isAnswered(Message response) {
    return !response.code().isRequest() && tokens.contains(response.token());
  }

  /** {@code message} with another payload. */
  static Bytes with(Message message, Bytes payload) {
    return UdpCodec.encode(
        new Message(
            message.type(),
            message.messageId(),
            message.code(),
            message.token(),
            message.options(),
            payload));
  }
}
