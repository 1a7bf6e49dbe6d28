package dev.moat.cose.credential;

import dev.moat.bytes.Bytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.CoseException.Reason;

/**
 * A strict cursor over DER (X.690, Section 10), for what a certificate's key is in: definite
 * lengths in their shortest form, tags of one octet. Owned by one thread.
 */
final class Der {
  static final int BOOLEAN = 0x01;
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;
  static final int CONTEXT_0 = 0xa0;
  static final int CONTEXT_3 = 0xa3;

  private final Bytes source;
  private int position;

  Der(Bytes source) {
    this.source = source;
  }

  boolean isAtEnd() {
    return position == source.length();
  }

  boolean nextIs(int tag) {
    return !isAtEnd() && source.at(position) == tag;
  }

  /** Reads an element of this tag and returns a cursor over its content. */
  Der enter(int tag) throws CoseException {
    return new Der(content(tag));
  }

  /** Reads an element of this tag and returns its content. */
  Bytes content(int tag) throws CoseException {
    require(nextIs(tag));
    return next();
  }

  /** Reads over an element of this tag. */
  void skip(int tag) throws CoseException {
    var unused = content(tag);
  }

  /** Reads over an element of any tag. */
  void skipAny() throws CoseException {
    var unused = next();
  }

  /** Reads an element of any tag and returns its content. */
  Bytes next() throws CoseException {
    require(source.length() - position >= 2);
    position++;
    int length = length();
    require(length <= source.length() - position);
    Bytes content = source.slice(position, position + length);
    position += length;
    return content;
  }

  /** The octets of a bit string, whose first octet counts the unused bits at its end: none. */
  static Bytes wholeOctets(Bytes bitString) throws CoseException {
    require(!bitString.isEmpty() && bitString.at(0) == 0);
    return bitString.slice(1, bitString.length());
  }

  /** Refuses a bit string that is not made of whole octets. */
  static void requireWholeOctets(Bytes bitString) throws CoseException {
    var unused = wholeOctets(bitString);
  }

  void end() throws CoseException {
    require(isAtEnd());
  }

  static void require(boolean rule) throws CoseException {
    if (!rule) {
      throw new CoseException(Reason.BAD_CREDENTIAL);
    }
  }

  /** At most two octets of length: certificates have a limit far below. */
  private int length() throws CoseException {
    int first = source.at(position++);
    if (first < 0x80) {
      return first;
    }
    int octets = first - 0x80;
    require((octets == 1 || octets == 2) && octets <= source.length() - position);
    int length = 0;
    for (int i = 0; i < octets; i++) {
      length = (length << 8) | source.at(position++);
    }
    require(length >= (octets == 1 ? 0x80 : 0x100));
    return length;
  }
}
