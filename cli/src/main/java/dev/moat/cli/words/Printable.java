package dev.moat.cli.words;

import dev.moat.bytes.Bytes;

/**
 * Text from the network made safe for a terminal: control characters become {@code \}{@code xNN}.
 */
public final class Printable {
  private Printable() {}

  /** The octets as UTF-8 text without control characters; what is no UTF-8 shows as U+FFFD. */
  public static String of(Bytes octets) {
    return of(octets.toUtf8());
  }

  /** The octets as text, or as hexadecimal digits behind 0x when they are no UTF-8. */
  public static String orHex(Bytes octets) {
    return octets.isUtf8() ? of(octets) : "0x" + octets.toHex();
  }

  /** {@code text} without control characters. */
  public static String of(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            character -> {
              if (Character.isISOControl(character)) {
                safe.append(String.format("\\x%02x", character));
              } else {
                safe.appendCodePoint(character);
              }
            });
    return safe.toString();
  }
}
