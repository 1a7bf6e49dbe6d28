package dev.moat.coap.codec;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException.Reason;

/**
 * The token with the extended length before it (RFC 8974, Section 2.1), as every CoAP format has
 * it. The caller has checked that its {@link TokenLengths} allow the TKL.
 */
final class TokenField {
  private TokenField() {}

  /** Where the token's octets begin, in a field that begins at {@code start}. */
  static int valueStart(int start, int tkl) {
    return start + Math.max(0, tkl - 12);
  }

  /** Octets of the token in a field that begins at {@code start}. */
  static int lengthOctets(Bytes source, int start, int tkl) throws MessageFormatException {
    if (tkl < 13) {
      return tkl;
    }
    if (valueStart(start, tkl) > source.length()) {
      throw new MessageFormatException(Reason.TRUNCATED_TOKEN, start);
    }
    int first = source.at(start);
    return tkl == 13 ? first + 13 : ((first << 8) | source.at(start + 1)) + 269;
  }

  /**
   * The TKL for a token.
   *
   * @throws IllegalArgumentException when {@code tokenLengths} has none for its length
   */
  static int tkl(Bytes token, TokenLengths tokenLengths) {
    int tkl = OptionWriter.nibble(token.length());
    if (!tokenLengths.allows(tkl)) {
      throw new IllegalArgumentException(
          "a token of " + token.length() + " octets with " + tokenLengths + " token lengths");
    }
    return tkl;
  }

  /** Octets of the field for a token. */
  static int fieldOctets(Bytes token) {
    return OptionWriter.extraOctets(token.length()) + token.length();
  }

  /** Writes the field and returns the position behind it. */
  static int write(Bytes token, byte[] target, int position) {
    int at = OptionWriter.extension(token.length(), target, position);
    token.copyTo(target, at);
    return at + token.length();
  }
}
