package dev.moat.coap.option;

import dev.moat.bytes.Bytes;

/**
 * One option instance: a number and its value, exactly as on the wire (RFC 7252, Section 3.1).
 *
 * @param number 0 to 65535
 * @param value the octets; what they mean is said by the {@link OptionRegistry}
 */
public record Option(int number, Bytes value) {
  /** Checks the number's range. */
  public Option {
    if (number < 0 || number > 0xffff) {
      throw new IllegalArgumentException("option number " + number + " is not a 16-bit value");
    }
  }

  /** An option with a uint value in its shortest form (RFC 7252, Section 3.2). */
  public static Option uint(int number, long value) {
    return new Option(number, Bytes.uint(value));
  }

  /** An option with a UTF-8 string value. */
  public static Option text(int number, String value) {
    return new Option(number, Bytes.utf8(value));
  }

  /**
   * True when an endpoint that does not understand the option must refuse the message (Section
   * 5.4.1).
   */
  public boolean isCritical() {
    return (number & 1) == 1;
  }

  /** True when a proxy that does not understand the option must not forward it (Section 5.4.2). */
  public boolean isUnsafe() {
    return (number & 2) == 2;
  }

  /**
   * True when the option does not make a request another one for a cache (Sections 5.4.2 and 5.6).
   */
  public boolean isNoCacheKey() {
    return (number & 0x1e) == 0x1c;
  }
}
