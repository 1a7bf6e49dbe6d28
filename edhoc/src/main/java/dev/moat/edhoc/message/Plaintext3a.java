package dev.moat.edhoc.message;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborReader;
import dev.moat.cbor.CborWriter;
import dev.moat.edhoc.EdhocException;

/**
 * PLAINTEXT_3A, message_3's outer one with a pre-shared key (draft-ietf-lake-edhoc-psk, Section
 * 5.3). Immutable; nothing of it is authenticated.
 *
 * @param idCred ID_CRED_PSK, the header map itself even where a kid travels in its place
 * @param ciphertext3b CIPHERTEXT_3B, with its tag
 */
public record Plaintext3a(Bytes idCred, Bytes ciphertext3b) {
  /**
   * Reads a plaintext.
   *
   * @throws EdhocException with BAD_ID_CRED or a reason of CBOR
   */
  public static Plaintext3a decode(Bytes plaintext) throws EdhocException {
    try {
      CborReader reader = new CborReader(plaintext);
      Bytes idCred = IdCredForm.read(reader);
      Bytes ciphertext3b = reader.bytes();
      reader.end();
      return new Plaintext3a(idCred, ciphertext3b);
    } catch (CborException refused) {
      throw EdhocException.reading(refused);
    }
  }

  /** The plaintext. */
  public Bytes encoded() {
    Bytes form = IdCredForm.compact(idCred);
    return new CborWriter().encoded(form).bytes(ciphertext3b).toBytes();
  }
}
