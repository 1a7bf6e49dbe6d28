package dev.moat.edhoc.message;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException;

/**
 * message_4 (RFC 9528, Section 5.5.1). Immutable.
 *
 * @param ciphertext4 CIPHERTEXT_4
 */
public record Message4(Bytes ciphertext4) {
  /**
   * Reads a message.
   *
   * @throws EdhocException with a reason of CBOR
   */
  public static Message4 decode(Bytes message) throws EdhocException {
    return new Message4(SingleString.decode(message));
  }

  /** The message. */
  public Bytes encoded() {
    return SingleString.encode(ciphertext4);
  }
}
