package dev.moat.coap.codec;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException.Reason;

/**
 * The message format of CoAP over TCP and TLS (RFC 8323, Section 3.2), with extended tokens (RFC
 * 8974): one message at a time. A {@link Deframer} finds the messages in a stream.
 *
 * <p>{@link #encode} is the exact inverse of {@link #decode}, octet by octet, except that of an
 * Empty message with content, which its recipient ignores (Section 3.4), the content is gone.
 */
public final class TcpCodec {
  private TcpCodec() {}

  /**
   * Decodes one complete message with {@link TokenLengths#EXTENDED}. Token, option values and
   * payload are views of it.
   */
  public static StreamMessage decode(Bytes octets) throws MessageFormatException {
    return decode(octets, TokenLengths.EXTENDED);
  }

  /**
   * Decodes one complete message. Token, option values and payload are views of it.
   *
   * @throws MessageFormatException also for octets that are no more than the start of a message
   *     (INCOMPLETE_MESSAGE), or that go on behind its end (TRAILING_OCTETS)
   */
  public static StreamMessage decode(Bytes octets, TokenLengths tokenLengths)
      throws MessageFormatException {
    // The check against the octets that are there makes one against a limit unnecessary.
    long announced = announced(octets, tokenLengths);
    if (announced < octets.length()) {
      throw new MessageFormatException(Reason.TRAILING_OCTETS, (int) announced);
    }
    return StreamBody.decode(octets, TcpFrame.codeAt(octets.at(0)));
  }

  private static long announced(Bytes octets, TokenLengths tokenLengths)
      throws MessageFormatException {
    long announced = TcpFrame.octets(octets, 0, tokenLengths, Integer.MAX_VALUE);
    if (announced == TcpFrame.UNKNOWN || announced > octets.length()) {
      throw new MessageFormatException(Reason.INCOMPLETE_MESSAGE, octets.length());
    }
    return announced;
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
    int codeAt = TcpFrame.codeAt(TcpFrame.len(bodyOctets) << 4);
    byte[] octets = StreamBody.encode(message, bodyOctets, codeAt);
    TcpFrame.write(bodyOctets, tkl, octets);
    return Bytes.owned(octets);
  }
}
