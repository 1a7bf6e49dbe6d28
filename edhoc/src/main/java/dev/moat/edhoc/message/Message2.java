package dev.moat.edhoc.message;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.suite.CipherSuite;

/**
 * message_2: G_Y and CIPHERTEXT_2 in one byte string (RFC 9528, Section 5.3.1). Immutable.
 *
 * @param gY the responder's ephemeral key
 * @param ciphertext2 CIPHERTEXT_2, or CIPHERTEXT_2A with a pre-shared key
 */
public record Message2(Bytes gY, Bytes ciphertext2) {
  /**
   * Reads a message of a session with {@code suite}, whose curve tells where G_Y ends.
   *
   * @throws EdhocException with BAD_EPHEMERAL_KEY when it is too short for G_Y, TRUNCATED when
   *     nothing follows, or a reason of CBOR
   */
  public static Message2 decode(Bytes message, CipherSuite suite) throws EdhocException {
    Bytes both = SingleString.decode(message);
    int split = suite.curve().octets();
    if (both.length() < split) {
      throw new EdhocException(Reason.BAD_EPHEMERAL_KEY);
    }
    if (both.length() == split) {
      throw new EdhocException(Reason.TRUNCATED);
    }
    return new Message2(both.slice(0, split), both.slice(split, both.length()));
  }

  /** The message. */
  public Bytes encoded() {
    return SingleString.encode(gY.plus(ciphertext2));
  }
}
