package dev.moat.edhoc.message;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException;

/**
 * message_3 (RFC 9528, Section 5.4.1). Immutable.
 *
 * @param ciphertext3 CIPHERTEXT_3, or CIPHERTEXT_3A with a pre-shared key
 */
public record Message3(Bytes ciphertext3) {
  /**
   * Reads a message.
   *
   * @throws EdhocException with a reason of CBOR
   */
  public static Message3 decode(Bytes message) throws EdhocException {
    return new Message3(SingleString.decode(message));
  }

  /** The message. */
  public Bytes encoded() {
    return SingleString.encode(ciphertext3);
  }
}
