package dev.moat.edhoc.message;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborReader;
import dev.moat.cbor.CborWriter;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;

/** Byte strings of which some travel as integers of one octet (RFC 9528, Section 3.3.2). */
final class IdentifierForm {
  private IdentifierForm() {}

  static void write(CborWriter writer, Bytes identifier) {
    if (isInteger(identifier)) {
      writer.encoded(identifier);
    } else {
      writer.bytes(identifier);
    }
  }

  /** Reads either form; {@code broken} is the reason when it is the wrong one. */
  static Bytes read(CborReader reader, Reason broken) throws CborException, EdhocException {
    return switch (reader.kind()) {
      case UNSIGNED, NEGATIVE -> integer(reader, broken);
      case BYTES -> {
        Bytes identifier = reader.bytes();
        // Otherwise one identifier would have two forms, and transcripts would differ.
        if (isInteger(identifier)) {
          throw new EdhocException(broken);
        }
        yield identifier;
      }
      default -> throw new EdhocException(broken);
    };
  }

  private static Bytes integer(CborReader reader, Reason broken)
      throws CborException, EdhocException {
    Bytes encoded = reader.item();
    if (encoded.length() != 1) {
      throw new EdhocException(broken);
    }
    return encoded;
  }

  /** True for 0x00 to 0x17 and 0x20 to 0x37, which are the integers -24 to 23. */
  private static boolean isInteger(Bytes identifier) {
    return identifier.length() == 1 && (identifier.at(0) & 0xdf) < 24;
  }
}
