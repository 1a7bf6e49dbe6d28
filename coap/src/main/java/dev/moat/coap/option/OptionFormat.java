package dev.moat.coap.option;

import dev.moat.bytes.Bytes;

/** How an option's octets are read (RFC 7252, Section 3.2). */
public enum OptionFormat {
  /** A zero-length value. */
  EMPTY,
  /** Octets without structure. */
  OPAQUE,
  /** A non-negative integer in network order; leading zeros are accepted. */
  UINT,
  /** UTF-8 text. */
  STRING;

  /** True when octets of a legal length can be read in this format. */
  boolean accepts(Bytes value) {
    return this != STRING || value.isUtf8();
  }

  /**
   * The value for people: a decimal number, quoted text without control characters, or hexadecimal
   * digits.
   */
  public String describe(Bytes value) {
    return switch (this) {
      case EMPTY -> value.isEmpty() ? "" : "0x" + value.toHex();
      case OPAQUE -> "0x" + value.toHex();
      case UINT -> value.length() < 8 ? Long.toString(value.toUint()) : "0x" + value.toHex();
      case STRING -> value.isUtf8() ? quoted(value.toUtf8()) : "0x" + value.toHex();
    };
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c) || c == '"' || c == '\\') {
                quoted.append(String.format("\\u%04x", c));
              } else {
                quoted.appendCodePoint(c);
              }
            });
    return quoted.append('"').toString();
  }
}
