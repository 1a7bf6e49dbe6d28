package dev.moat.foe.path;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.codec.TcpCodec;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.codec.WsCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import java.util.Locale;
import java.util.Optional;

/**
 * How a CoAP message lies in a unit: a datagram, a frame of a stream, or the content of a WebSocket
 * frame.
 */
public enum Format {
  /** RFC 7252, Section 3. */
  UDP {
    @Override
    Message message(Bytes unit) throws MessageFormatException {
      return UdpCodec.decode(unit);
    }

    @Override
    public String header(Message message) {
      String start = message.type() + String.format(Locale.ROOT, " MID=%04x", message.messageId());
      return message.isEmpty() ? start : start + ' ' + token(message);
    }
  },
  /** RFC 8323, Section 3.2. */
  TCP {
    @Override
    Message message(Bytes unit) throws MessageFormatException {
      return untyped(TcpCodec.decode(unit));
    }
  },
  /** RFC 8323, Section 4.2. */
  WEBSOCKET {
    @Override
    Message message(Bytes unit) throws MessageFormatException {
      return untyped(WsCodec.decode(unit));
    }
  };

  /** The message of a unit; empty when it holds none, or a signal, which is none (RFC 8323, 5). */
  public Optional<Message> decode(Bytes unit) {
    try {
      return Optional.of(message(unit)).filter(message -> !message.code().isSignal());
    } catch (MessageFormatException malformed) {
      return Optional.empty();
    }
  }

  /** Which signal a unit holds, such as 7.01; empty when it holds none (RFC 8323, Section 5). */
  public Optional<String> signal(Bytes unit) {
    try {
      return Optional.of(message(unit).code())
          .filter(Code::isSignal)
          .map(code -> code + " " + code.title());
    } catch (MessageFormatException malformed) {
      return Optional.empty();
    }
  }

  abstract Message message(Bytes unit) throws MessageFormatException;

  /** Type and Message ID, where there are such, and the token, in words. */
  public String header(Message message) {
    return token(message);
  }

  private static String token(Message message) {
    return "T=" + (message.token().isEmpty() ? "-" : message.token().toHex());
  }

  /**
   * On streams there is no message layer (RFC 8323, Section 3): such a message is tied by token.
   */
  private static Message untyped(StreamMessage message) {
    return new Message(
        MessageType.NON, 0, message.code(), message.token(), message.options(), message.payload());
  }
}
