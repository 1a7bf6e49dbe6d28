package dev.moat.coap.codec;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException.Reason;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Options;

/**
 * The message format of CoAP over UDP (RFC 7252, Section 3), with extended tokens (RFC 8974).
 *
 * <p>{@link #encode} is the exact inverse of {@link #decode}: what one takes the other gives, octet
 * by octet.
 */
public final class UdpCodec {
  private static final int HEADER_OCTETS = 4;
  private static final int VERSION = 1;

  private UdpCodec() {}

  /**
   * Decodes one datagram with {@link TokenLengths#EXTENDED}. Token, option values and payload are
   * views of it.
   */
  public static Message decode(Bytes datagram) throws MessageFormatException {
    return decode(datagram, TokenLengths.EXTENDED);
  }

  /** Decodes one datagram. Token, option values and payload are views of it. */
  public static Message decode(Bytes datagram, TokenLengths tokenLengths)
      throws MessageFormatException {
    if (datagram.length() < HEADER_OCTETS) {
      throw new MessageFormatException(Reason.TRUNCATED_HEADER, datagram.length());
    }
    int first = datagram.at(0);
    if (first >> 6 != VERSION) {
      // RFC 7252, Section 3: unknown versions MUST be silently ignored, hence nothing to reject.
      throw new MessageFormatException(Reason.UNKNOWN_VERSION, 0);
    }
    MessageType type = MessageType.ofBits(first >> 4);
    int messageId = (datagram.at(2) << 8) | datagram.at(3);
    try {
      return body(datagram, tokenLengths, type, messageId);
    } catch (MessageFormatException malformed) {
      throw malformed.within(type, messageId);
    }
  }

  private static Message body(
      Bytes datagram, TokenLengths tokenLengths, MessageType type, int messageId)
      throws MessageFormatException {
    int tkl = datagram.at(0) & 15;
    if (!tokenLengths.allows(tkl)) {
      throw new MessageFormatException(Reason.RESERVED_TKL, 0);
    }
    int tokenStart = TokenField.valueStart(HEADER_OCTETS, tkl);
    int tokenEnd = tokenStart + TokenField.lengthOctets(datagram, HEADER_OCTETS, tkl);
    if (tokenEnd > datagram.length()) {
      throw new MessageFormatException(Reason.TRUNCATED_TOKEN, tokenStart);
    }
    Code code = Code.ofOctet(datagram.at(1));
    if (code == Code.EMPTY) {
      // RFC 7252, Section 4.1: TKL 0 and no octet behind the Message ID.
      if (tkl != 0 || datagram.length() > HEADER_OCTETS) {
        throw new MessageFormatException(
            Reason.NON_EMPTY_EMPTY_MESSAGE, tkl == 0 ? HEADER_OCTETS : 0);
      }
      return Message.empty(type, messageId);
    }
    OptionReader reader = new OptionReader(datagram, tokenEnd);
    Options options = reader.options();
    Bytes token = datagram.slice(tokenStart, tokenEnd);
    return new Message(type, messageId, code, token, options, reader.payload());
  }

  /**
   * Encodes a message with {@link TokenLengths#EXTENDED}.
   *
   * @throws IllegalArgumentException when the message has no form: a token of 9 to 12 octets, an
   *     Empty message with content, or an option value longer than {@link
   *     OptionWriter#MAX_VALUE_OCTETS}
   */
  public static Bytes encode(Message message) {
    return encode(message, TokenLengths.EXTENDED);
  }

  /**
   * Encodes a message.
   *
   * @throws IllegalArgumentException when the message has no form: a token length that {@code
   *     tokenLengths} excludes, an Empty message with content, or an option value longer than
   *     {@link OptionWriter#MAX_VALUE_OCTETS}
   */
  public static Bytes encode(Message message, TokenLengths tokenLengths) {
    Bytes token = message.token();
    int tkl = TokenField.tkl(token, tokenLengths);
    int bodyStart = HEADER_OCTETS + TokenField.fieldOctets(token);
    byte[] datagram =
        new byte[bodyStart + OptionWriter.lengthOctets(message.options(), message.payload())];
    if (message.isEmpty() && datagram.length > HEADER_OCTETS) {
      throw new IllegalArgumentException("an Empty message has no token, options or payload");
    }
    datagram[0] = (byte) ((VERSION << 6) | (message.type().bits() << 4) | tkl);
    datagram[1] = (byte) message.code().octet();
    datagram[2] = (byte) (message.messageId() >> 8);
    datagram[3] = (byte) message.messageId();
    int body = TokenField.write(token, datagram, HEADER_OCTETS);
    int end = OptionWriter.write(message.options(), message.payload(), datagram, body);
    return Bytes.owned(datagram, 0, end);
  }
}
