package dev.moat.coap.message;

import dev.moat.bytes.Bytes;
import dev.moat.coap.option.Options;

/**
 * One CoAP message as it stands on the wire (RFC 7252, Section 3), with its options exactly as
 * received.
 *
 * <p>The record checks only what every message format shares; a codec refuses what its format
 * cannot carry.
 *
 * @param type the message type
 * @param messageId 16 bits, 0 to 65535
 * @param code the method or response code, or {@link Code#EMPTY}
 * @param token zero to 8 octets, or more when extended (RFC 8974)
 * @param options in ascending order of their numbers
 * @param payload the octets after the payload marker; empty means no marker
 */
public record Message(
    MessageType type, int messageId, Code code, Bytes token, Options options, Bytes payload) {

  /** The longest token that RFC 8974 can express, in octets. */
  public static final int MAX_TOKEN_OCTETS = 65_804;

  /** Checks the ranges. */
  public Message {
    if (messageId < 0 || messageId > 0xffff) {
      throw new IllegalArgumentException("Message ID " + messageId + " is not a 16-bit value");
    }
    if (token.length() > MAX_TOKEN_OCTETS) {
      throw new IllegalArgumentException(
          "a token of " + token.length() + " octets; at most " + MAX_TOKEN_OCTETS);
    }
  }

  /**
   * An Empty message: acknowledgement, reset or, as a confirmable one, ping (RFC 7252, Section
   * 4.1).
   */
  public static Message empty(MessageType type, int messageId) {
    return new Message(type, messageId, Code.EMPTY, Bytes.empty(), Options.none(), Bytes.empty());
  }

  /** True for code 0.00. */
  public boolean isEmpty() {
    return code == Code.EMPTY;
  }
}
