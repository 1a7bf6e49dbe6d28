package dev.moat.coap.option;

import dev.moat.bytes.Bytes;

/**
 * What an option number means. Whether it is critical, unsafe to forward or part of the cache key
 * is said by the number itself (RFC 7252, Section 5.4.6).
 *
 * @param number 0 to 65535
 * @param name the registered name
 * @param format how values are read
 * @param minOctets the least length of a value
 * @param maxOctets the greatest length of a value
 * @param repeatable true when a message may hold several instances
 * @param protection what OSCORE does with it
 */
public record OptionDefinition(
    int number,
    String name,
    OptionFormat format,
    int minOctets,
    int maxOctets,
    boolean repeatable,
    ProtectionClass protection) {

  /** Checks the ranges. */
  public OptionDefinition {
    if (number < 0 || number > 0xffff) {
      throw new IllegalArgumentException("option number " + number + " is not a 16-bit value");
    }
    if (minOctets < 0 || maxOctets < minOctets) {
      throw new IllegalArgumentException(
          name + ": no length from " + minOctets + " to " + maxOctets);
    }
    if (format == OptionFormat.UINT && maxOctets > 7) {
      throw new IllegalArgumentException(name + ": a uint option has at most 7 octets");
    }
  }

  /** An option without value, of class E, not repeatable. */
  public static OptionDefinition empty(int number, String name) {
    return inner(number, name, OptionFormat.EMPTY, 0, 0);
  }

  /** An option of opaque octets, of class E, not repeatable. */
  public static OptionDefinition opaque(int number, String name, int minOctets, int maxOctets) {
    return inner(number, name, OptionFormat.OPAQUE, minOctets, maxOctets);
  }

  /** An option with an unsigned integer, of class E, not repeatable. */
  public static OptionDefinition uint(int number, String name, int minOctets, int maxOctets) {
    return inner(number, name, OptionFormat.UINT, minOctets, maxOctets);
  }

  /** An option with text, of class E, not repeatable. */
  public static OptionDefinition string(int number, String name, int minOctets, int maxOctets) {
    return inner(number, name, OptionFormat.STRING, minOctets, maxOctets);
  }

  private static OptionDefinition inner(
      int number, String name, OptionFormat format, int minOctets, int maxOctets) {
    return new OptionDefinition(
        number, name, format, minOctets, maxOctets, false, ProtectionClass.E);
  }

  /** The same option, repeatable (RFC 7252, Section 5.4.5). */
  public OptionDefinition repeated() {
    return new OptionDefinition(number, name, format, minOctets, maxOctets, true, protection);
  }

  /** The same option in another class of protection. */
  public OptionDefinition of(ProtectionClass newProtection) {
    return new OptionDefinition(
        number, name, format, minOctets, maxOctets, repeatable, newProtection);
  }

  /** True when {@code value} has a legal length and can be read in this option's format. */
  public boolean accepts(Bytes value) {
    return value.length() >= minOctets && value.length() <= maxOctets && format.accepts(value);
  }
}
