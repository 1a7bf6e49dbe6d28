package dev.moat.edhoc.message;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException;

/**
 * PLAINTEXT_4, which is EAD_4 or nothing (RFC 9528, Section 5.5.2). Immutable.
 *
 * @param ead EAD_4
 */
public record Plaintext4(EadItems ead) {
  /**
   * Reads a plaintext.
   *
   * @throws EdhocException with BAD_EAD, TOO_LONG or a reason of CBOR
   */
  public static Plaintext4 decode(Bytes plaintext) throws EdhocException {
    return new Plaintext4(EadItems.decode(plaintext));
  }

  /** The plaintext. */
  public Bytes encoded() {
    return ead.encoded();
  }
}
