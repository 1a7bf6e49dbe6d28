package dev.moat.cose.credential;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborKind;
import dev.moat.cbor.CborReader;
import dev.moat.cose.CoseException;
import dev.moat.cose.CoseException.Reason;
import dev.moat.cose.Sign1;

/** The outside of a CWT (RFC 8392, Section 7). */
final class Token {
  /** The CWT tag, which goes before the tag of the COSE message (RFC 8392, Section 6). */
  private static final int CWT_TAG = 61;

  private Token() {}

  /** The signed message, of which at most the CWT tag is taken off. */
  static Sign1 signed(Bytes cwt) throws CoseException {
    try {
      CborReader reader = new CborReader(cwt);
      boolean isTagged = reader.kind() == CborKind.TAG && reader.tag() == CWT_TAG;
      // What follows is tagged itself then; an array is a COSE message whose tag is known.
      return Sign1.decode(isTagged ? cwt.slice(reader.position(), cwt.length()) : cwt);
    } catch (CborException refused) {
      throw CoseException.reading(refused, Reason.BAD_CREDENTIAL);
    }
  }

  /** The message as CRED_x has it (RFC 9528, Section 3.5.2), or as it is when it is no token. */
  static Bytes untagged(Bytes cwt) {
    try {
      return signed(cwt).encodeUntagged();
    } catch (CoseException refused) {
      return cwt;
    }
  }
}
