package dev.moat.coap.codec;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.Options;

/**
 * One CoAP message on a reliable transport (RFC 8323, Sections 3.2 and 4.2): there is no message
 * layer, hence neither type nor Message ID.
 *
 * @param code a method, response or signalling code, or {@link Code#EMPTY}
 * @param token zero to 8 octets, or more when extended (RFC 8974)
 * @param options in ascending order of their numbers; those of a signalling message have a number
 *     space of their own (RFC 8323, Section 5.2)
 * @param payload the octets after the payload marker; empty means no marker
 */
public record StreamMessage(Code code, Bytes token, Options options, Bytes payload) {
  private static final StreamMessage EMPTY =
      new StreamMessage(Code.EMPTY, Bytes.empty(), Options.none(), Bytes.empty());

  /** Checks the ranges, and that an Empty message is empty (RFC 7252, Section 4.1). */
  public StreamMessage {
    if (token.length() > Message.MAX_TOKEN_OCTETS) {
      throw new IllegalArgumentException(
          "a token of " + token.length() + " octets; at most " + Message.MAX_TOKEN_OCTETS);
    }
    if (code == Code.EMPTY && !(token.isEmpty() && options.isEmpty() && payload.isEmpty())) {
      throw new IllegalArgumentException("an Empty message has no token, options or payload");
    }
  }

  /** The Empty message, which its recipient ignores (RFC 8323, Section 3.4). */
  public static StreamMessage empty() {
    return EMPTY;
  }

  /** True for code 0.00. */
  public boolean isEmpty() {
    return code == Code.EMPTY;
  }
}
