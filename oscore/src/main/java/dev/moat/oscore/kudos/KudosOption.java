package dev.moat.oscore.kudos;

import dev.moat.bytes.ByteWriter;
import dev.moat.bytes.Bytes;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.OscoreException.Reason;
import dev.moat.oscore.option.OscoreOption;

/**
 * The OSCORE option of a KUDOS message: RFC 8613's, a second octet of flags, and two fields before
 * the kid (draft-ietf-core-oscore-key-update-14, Section 4.1).
 *
 * <pre>
 *  |1 0 0|h|k|  n  | 0 0 0 0 0 0 0 d | Partial IV | s | kid context | x | nonce | kid
 * </pre>
 *
 * <p>None of the added octets is authenticated by itself: they are inputs of the keys.
 *
 * @param standard what RFC 8613 defines
 * @param field what the draft adds
 */
public record KudosOption(OscoreOption standard, KudosField field) {
  private static final int EXTENSION_1_FLAG = 0x80;
  private static final int NONCE_FLAG = 0x01;
  private static final int KID_CONTEXT_FLAG = 0x10;
  private static final int PARTIAL_IV_LENGTH = 0x07;

  /** True when {@code value} has a second octet of flags: RFC 8613 alone cannot read it. */
  public static boolean isExtended(Bytes value) {
    return !value.isEmpty() && (value.at(0) & EXTENSION_1_FLAG) != 0;
  }

  /**
   * Reads the option of a KUDOS message.
   *
   * @throws OscoreException RESERVED_FLAG when it is none, or a flag is set that nobody here
   *     defines; TRUNCATED_OPTION and what {@link OscoreOption#decode} throws
   */
  public static KudosOption decode(Bytes value) throws OscoreException {
    if (!isExtended(value)) {
      throw new OscoreException(Reason.RESERVED_FLAG);
    }
    requireOctets(value, 2);
    if (value.at(1) != NONCE_FLAG) {
      throw new OscoreException(Reason.RESERVED_FLAG);
    }
    int start = endOfKidContext(value);
    requireOctets(value, start + 1);
    int x = value.at(start);
    int end = start + 1 + KudosField.nonceOctets(x);
    requireOctets(value, end);
    KudosField field = KudosField.of(x, value.slice(start + 1, end));
    return new KudosOption(OscoreOption.decode(withoutExtension(value, start, end)), field);
  }

  private static int endOfKidContext(Bytes value) throws OscoreException {
    int position = 2 + (value.at(0) & PARTIAL_IV_LENGTH);
    if ((value.at(0) & KID_CONTEXT_FLAG) == 0) {
      return position;
    }
    requireOctets(value, position + 1);
    return position + 1 + value.at(position);
  }

  private static void requireOctets(Bytes value, int octets) throws OscoreException {
    if (value.length() < octets) {
      throw new OscoreException(Reason.TRUNCATED_OPTION);
    }
  }

  private static Bytes withoutExtension(Bytes value, int start, int end) {
    return new ByteWriter(value.length())
        .u8(value.at(0) & ~EXTENSION_1_FLAG)
        .bytes(value.slice(2, start))
        .bytes(value.slice(end, value.length()))
        .toBytes();
  }

  /** The value for the wire. */
  public Bytes encode() {
    int kidOctets = standard.kid().map(Bytes::length).orElse(0);
    Bytes plain = standard.encode();
    int flags = plain.isEmpty() ? 0 : plain.at(0);
    Bytes fields = plain.isEmpty() ? plain : plain.slice(1, plain.length());
    int kidStart = fields.length() - kidOctets;
    return new ByteWriter(fields.length() + 3 + KudosField.MAX_NONCE_OCTETS)
        .u8(flags | EXTENSION_1_FLAG)
        .u8(NONCE_FLAG)
        .bytes(fields.slice(0, kidStart))
        .bytes(field.input())
        .bytes(fields.slice(kidStart, fields.length()))
        .toBytes();
  }
}
