package dev.moat.cli.client;

import dev.moat.bytes.Bytes;
import dev.moat.coap.option.Option;

/** Reads {@code NUM,VALUE} and values that are text or {@code 0x} and digits. */
final class OptionArgument {
  private OptionArgument() {}

  /**
   * The option that {@code argument} stands for.
   *
   * @throws IllegalArgumentException when it stands for none; the message says what to write
   */
  static Option option(String argument) {
    int comma = argument.indexOf(',');
    String number = comma < 0 ? argument : argument.substring(0, comma);
    if (!number.matches("[0-9]{1,5}") || Integer.parseInt(number) > 0xffff) {
      throw new IllegalArgumentException(
          "'"
              + argument
              + "' has no option number from 0 to 65535; write -O 2049,text or -O 2049,0x0102");
    }
    // An option without comma is one of zero octets, such as If-None-Match.
    String value = comma < 0 ? "" : argument.substring(comma + 1);
    return new Option(Integer.parseInt(number), octets(value));
  }

  /**
   * Text in UTF-8, or the octets behind {@code 0x}.
   *
   * @throws IllegalArgumentException when what follows 0x is no whole number of octets
   */
  static Bytes octets(String value) {
    return value.startsWith("0x") ? Bytes.hex(value.substring(2)) : Bytes.utf8(value);
  }
}
