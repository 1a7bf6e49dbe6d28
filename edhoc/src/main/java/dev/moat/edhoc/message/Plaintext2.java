package dev.moat.edhoc.message;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborReader;
import dev.moat.cbor.CborWriter;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;

/**
 * PLAINTEXT_2 (RFC 9528, Section 5.3.2). Immutable; what it says is not verified yet.
 *
 * @param cR the responder's connection identifier
 * @param idCred ID_CRED_R, the header map itself even where a kid travels in its place
 * @param signatureOrMac Signature_or_MAC_2
 * @param ead EAD_2
 */
public record Plaintext2(ConnectionId cR, Bytes idCred, Bytes signatureOrMac, EadItems ead) {
  /**
   * Reads a plaintext.
   *
   * @param signatureOrMacOctets the length that method and suite demand
   * @throws EdhocException with BAD_CONNECTION_ID, BAD_ID_CRED, BAD_SIGNATURE_OR_MAC_LENGTH,
   *     BAD_EAD, TOO_LONG or a reason of CBOR
   */
  public static Plaintext2 decode(Bytes plaintext, int signatureOrMacOctets) throws EdhocException {
    try {
      CborReader reader = new CborReader(plaintext);
      ConnectionId cR = ConnectionId.read(reader);
      Bytes idCred = IdCredForm.read(reader);
      Bytes signatureOrMac = reader.bytes();
      if (signatureOrMac.length() != signatureOrMacOctets) {
        throw new EdhocException(Reason.BAD_SIGNATURE_OR_MAC_LENGTH);
      }
      return new Plaintext2(cR, idCred, signatureOrMac, EadItems.read(reader));
    } catch (CborException refused) {
      throw EdhocException.reading(refused);
    }
  }

  /** The plaintext; for one that was read the very octets that came, which TH_3 covers. */
  public Bytes encoded() {
    CborWriter writer = new CborWriter();
    cR.write(writer);
    writer.encoded(IdCredForm.compact(idCred)).bytes(signatureOrMac);
    ead.write(writer);
    return writer.toBytes();
  }
}
