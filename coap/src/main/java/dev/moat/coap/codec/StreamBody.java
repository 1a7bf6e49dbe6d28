package dev.moat.coap.codec;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException.Reason;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Options;

/** What the formats of TCP and WebSockets share: all from the Code on (RFC 8323, Section 3.2). */
final class StreamBody {
  private StreamBody() {}

  /** Reads a message whose first octet has the TKL, and whose Code stands at {@code codeAt}. */
  static StreamMessage decode(Bytes source, int codeAt) throws MessageFormatException {
    int tkl = source.at(0) & 15;
    int tokenField = codeAt + 1;
    int tokenStart = TokenField.valueStart(tokenField, tkl);
    int tokenEnd = tokenStart + TokenField.lengthOctets(source, tokenField, tkl);
    if (tokenEnd > source.length()) {
      throw new MessageFormatException(Reason.TRUNCATED_TOKEN, tokenStart);
    }
    Code code = Code.ofOctet(source.at(codeAt));
    if (code == Code.EMPTY) {
      // RFC 8323, Section 3.4: Empty messages can always be sent and MUST be ignored. So nobody
      // looks at what one may carry.
      return StreamMessage.empty();
    }
    OptionReader reader = new OptionReader(source, tokenEnd);
    Options options = reader.options();
    return new StreamMessage(code, source.slice(tokenStart, tokenEnd), options, reader.payload());
  }

  /**
   * Writes a message, whose options and payload take {@code bodyOctets}, behind {@code codeAt}
   * octets that are the caller's to fill.
   */
  static byte[] encode(StreamMessage message, int bodyOctets, int codeAt) {
    Bytes token = message.token();
    byte[] target = new byte[codeAt + 1 + TokenField.fieldOctets(token) + bodyOctets];
    target[codeAt] = (byte) message.code().octet();
    int body = TokenField.write(token, target, codeAt + 1);
    int unused = OptionWriter.write(message.options(), message.payload(), target, body);
    return target;
  }
}
