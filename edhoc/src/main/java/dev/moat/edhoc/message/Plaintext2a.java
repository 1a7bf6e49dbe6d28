package dev.moat.edhoc.message;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborReader;
import dev.moat.cbor.CborWriter;
import dev.moat.edhoc.EdhocException;

/**
 * PLAINTEXT_2A, message_2's with a pre-shared key (draft-ietf-lake-edhoc-psk, Section 5.2).
 * Immutable; nothing of it is authenticated.
 *
 * @param cR the responder's connection identifier
 * @param ead EAD_2
 */
public record Plaintext2a(ConnectionId cR, EadItems ead) {
  /**
   * Reads a plaintext.
   *
   * @throws EdhocException with BAD_CONNECTION_ID, BAD_EAD, TOO_LONG or a reason of CBOR
   */
  public static Plaintext2a decode(Bytes plaintext) throws EdhocException {
    try {
      CborReader reader = new CborReader(plaintext);
      ConnectionId cR = ConnectionId.read(reader);
      return new Plaintext2a(cR, EadItems.read(reader));
    } catch (CborException refused) {
      throw EdhocException.reading(refused);
    }
  }

  /** The plaintext; for one that was read the very octets that came, which TH_3 covers. */
  public Bytes encoded() {
    CborWriter writer = new CborWriter();
    cR.write(writer);
    ead.write(writer);
    return writer.toBytes();
  }
}
