package dev.moat.coap.codec;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException.Reason;

/** The head of a message on TCP: Len, TKL and Extended Length (RFC 8323, Section 3.2, Figure 4). */
final class TcpFrame {
  /** The answer of {@link #octets} while the octets that say it are not all there. */
  static final long UNKNOWN = -1;

  /** No head is longer: Len and TKL, 4 of Extended Length, Code, and 2 of RFC 8974. */
  static final int MAX_HEAD_OCTETS = 8;

  private static final int FIRST_OF_32_BITS = 65_805;

  private TcpFrame() {}

  /**
   * Octets of the whole message that begins at {@code start}, from its first to its last; {@link
   * #UNKNOWN} while too few are there to tell.
   *
   * @throws MessageFormatException RESERVED_TKL, or TOO_LONG as soon as it is certain that the
   *     message has more than {@code maxOctets}
   */
  static long octets(Bytes source, int start, TokenLengths tokenLengths, int maxOctets)
      throws MessageFormatException {
    int available = source.length() - start;
    if (available == 0) {
      return UNKNOWN;
    }
    int first = source.at(start);
    int tkl = first & 15;
    if (!tokenLengths.allows(tkl)) {
      throw new MessageFormatException(Reason.RESERVED_TKL, 0);
    }
    int codeAt = codeAt(first);
    if (available < codeAt) {
      return UNKNOWN;
    }
    long withoutToken = codeAt + 1L + bodyOctets(source, start, first >> 4);
    refuseAbove(maxOctets, withoutToken + Math.min(tkl, 13));
    int tokenField = start + codeAt + 1;
    int tokenStart = TokenField.valueStart(tokenField, tkl);
    if (source.length() < tokenStart) {
      return UNKNOWN;
    }
    int token = tokenStart - tokenField + TokenField.lengthOctets(source, tokenField, tkl);
    refuseAbove(maxOctets, withoutToken + token);
    return withoutToken + token;
  }

  /** Where the Code stands in a message with this first octet. */
  static int codeAt(int firstOctet) {
    return 1 + extraOctets(firstOctet >> 4);
  }

  /** Octets of the Extended Length for a value of the field Len. */
  private static int extraOctets(int len) {
    return len < 13 ? 0 : 1 << (len - 13);
  }

  /** Octets of options and payload. */
  private static long bodyOctets(Bytes source, int start, int len) {
    long extension = source.slice(start + 1, start + 1 + extraOctets(len)).toUint();
    return switch (len) {
      case 13 -> extension + 13;
      case 14 -> extension + 269;
      case 15 -> extension + FIRST_OF_32_BITS;
      default -> len;
    };
  }

  private static void refuseAbove(int maxOctets, long octets) throws MessageFormatException {
    if (octets > maxOctets) {
      throw new MessageFormatException(Reason.TOO_LONG, 0);
    }
  }

  /** The field Len for this many octets of options and payload. */
  static int len(int bodyOctets) {
    return bodyOctets < FIRST_OF_32_BITS ? OptionWriter.nibble(bodyOctets) : 15;
  }

  /** Writes Len, TKL and Extended Length to the start of {@code target}. */
  static void write(int bodyOctets, int tkl, byte[] target) {
    int len = len(bodyOctets);
    target[0] = (byte) ((len << 4) | tkl);
    if (len < 15) {
      int unused = OptionWriter.extension(bodyOctets, target, 1);
      return;
    }
    int extension = bodyOctets - FIRST_OF_32_BITS;
    for (int i = 0; i < 4; i++) {
      target[1 + i] = (byte) (extension >> (24 - 8 * i));
    }
  }
}
