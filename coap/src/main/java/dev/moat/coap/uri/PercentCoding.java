package dev.moat.coap.uri;

import dev.moat.bytes.ByteWriter;
import dev.moat.bytes.Bytes;
import dev.moat.coap.uri.UriFormatException.Reason;

/** Percent-encoding with the character sets of RFC 3986, Section 2, and RFC 7252, Section 6.5. */
final class PercentCoding {
  private static final String SUB_DELIMS = "!$&'()*+,;=";

  /** Besides letters and digits, what a zone holds unencoded (RFC 6874, Section 2). */
  static final String ZONE = "-._~";

  /** Besides letters and digits, what a host name holds unencoded. */
  static final String HOST = ZONE + SUB_DELIMS;

  /** Besides letters and digits, what a path segment holds unencoded (step 6). */
  static final String SEGMENT = HOST + ":@";

  /**
   * Besides letters and digits, what a query may hold unencoded when read; {@code &} separates
   * arguments.
   */
  static final String QUERY = SEGMENT + "/?";

  /**
   * What a query argument is written with. Step 8 would leave a slash alone, but Appendix B of the
   * same RFC encodes it; both read back to the same option, and the example is what vectors compare
   * with.
   */
  static final String ARGUMENT = SEGMENT.replace("&", "") + "?";

  private PercentCoding() {}

  /**
   * Decodes {@code uri} from {@code start} to {@code end}.
   *
   * @throws UriFormatException with ILLEGAL_CHARACTER, BAD_PERCENT_ENCODING, NOT_UTF8 or TOO_LONG
   */
  static String decode(String uri, int start, int end, String plain) {
    ByteWriter octets = new ByteWriter(end - start);
    for (int i = start; i < end; i++) {
      char character = uri.charAt(i);
      if (character == '%') {
        octets.u8(encodedOctet(uri, i, end));
        i += 2;
      } else if (isPlain(character, plain)) {
        octets.u8(character);
      } else {
        throw new UriFormatException(Reason.ILLEGAL_CHARACTER, i);
      }
    }
    Bytes decoded = octets.toBytes();
    if (!decoded.isUtf8()) {
      throw new UriFormatException(Reason.NOT_UTF8, start);
    }
    if (decoded.length() > 255) {
      throw new UriFormatException(Reason.TOO_LONG, start);
    }
    return decoded.toUtf8();
  }

  private static int encodedOctet(String uri, int percent, int end) {
    if (percent + 2 >= end || !isHex(uri.charAt(percent + 1)) || !isHex(uri.charAt(percent + 2))) {
      throw new UriFormatException(Reason.BAD_PERCENT_ENCODING, percent);
    }
    return Integer.parseInt(uri, percent + 1, percent + 3, 16);
  }

  /**
   * Appends {@code text}, encoding every octet that is no letter, no digit and not in {@code
   * plain}.
   */
  static void encode(String text, String plain, StringBuilder target) {
    Bytes octets = Bytes.utf8(text);
    for (int i = 0; i < octets.length(); i++) {
      char character = (char) octets.at(i);
      if (isPlain(character, plain)) {
        target.append(character);
      } else {
        target.append(String.format("%%%02X", octets.at(i)));
      }
    }
  }

  private static boolean isPlain(char character, String plain) {
    return isLetterOrDigit(character) || plain.indexOf(character) >= 0;
  }

  private static boolean isLetterOrDigit(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9');
  }

  private static boolean isHex(char character) {
    return character < 0x80 && Character.digit(character, 16) >= 0;
  }
}
