package dev.moat.coap.codec;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException.Reason;

/**
 * The message format of CoAP over WebSockets (RFC 8323, Section 4.2), with extended tokens (RFC
 * 8974): the content of one binary message, whose length the WebSocket tells.
 *
 * <p>{@link #encode} is the exact inverse of {@link #decode}, octet by octet, except that of an
 * Empty message with content, which its recipient ignores (Section 3.4), the content is gone.
 */
public final class WsCodec {
  private static final int CODE_AT = 1;

  private WsCodec() {}

  /**
   * Decodes one message with {@link TokenLengths#EXTENDED}. Token, option values and payload are
   * views of it.
   */
  public static StreamMessage decode(Bytes octets) throws MessageFormatException {
    return decode(octets, TokenLengths.EXTENDED);
  }

  /** Decodes one message. Token, option values and payload are views of it. */
  public static StreamMessage decode(Bytes octets, TokenLengths tokenLengths)
      throws MessageFormatException {
    if (octets.length() <= CODE_AT) {
      throw new MessageFormatException(Reason.TRUNCATED_HEADER, octets.length());
    }
    int first = octets.at(0);
    if (first >> 4 != 0) {
      // RFC 8323, Section 4.2: the Length (Len) field MUST be set to zero.
      throw new MessageFormatException(Reason.NON_ZERO_LEN, 0);
    }
    if (!tokenLengths.allows(first & 15)) {
      throw new MessageFormatException(Reason.RESERVED_TKL, 0);
    }
    return StreamBody.decode(octets, CODE_AT);
  }

  /**
   * Encodes a message with {@link TokenLengths#EXTENDED}.
   *
   * @throws IllegalArgumentException when the message has no form: a token of 9 to 12 octets, or an
   *     option value longer than {@link OptionWriter#MAX_VALUE_OCTETS}
   */
  public static Bytes encode(StreamMessage message) {
    return encode(message, TokenLengths.EXTENDED);
  }

  /**
   * Encodes a message.
   *
   * @throws IllegalArgumentException when the message has no form: a token length that {@code
   *     tokenLengths} excludes, or an option value longer than {@link
   *     OptionWriter#MAX_VALUE_OCTETS}
   */
  public static Bytes encode(StreamMessage message, TokenLengths tokenLengths) {
    int tkl = TokenField.tkl(message.token(), tokenLengths);
    int bodyOctets = OptionWriter.lengthOctets(message.options(), message.payload());
    byte[] octets = StreamBody.encode(message, bodyOctets, CODE_AT);
    octets[0] = (byte) tkl;
    return Bytes.owned(octets);
  }
}
