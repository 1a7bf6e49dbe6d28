package dev.moat.cli.conform.edhoc;

import dev.moat.bytes.Bytes;

/** The stream cipher of message_2 (RFC 9528, Section 5.3.2). */
final class Masks {
  private Masks() {}

  /** Both, octet by octet, as far as the shorter one goes. */
  static Bytes xor(Bytes one, Bytes other) {
    byte[] mask = new byte[Math.min(one.length(), other.length())];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (byte) (one.at(i) ^ other.at(i));
    }
    return Bytes.owned(mask);
  }
}
