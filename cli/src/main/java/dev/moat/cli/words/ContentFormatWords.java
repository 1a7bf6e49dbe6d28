package dev.moat.cli.words;

import dev.moat.bytes.Bytes;
import dev.moat.coap.option.ContentFormat;
import dev.moat.coap.option.ContentFormatRegistry;
import java.util.Optional;

/** Content formats by number and by name. */
public final class ContentFormatWords {
  private ContentFormatWords() {}

  /** {@code 50 application/json}, or the bare number when it is not known. */
  public static String of(Bytes value) {
    if (value.length() > 2) {
      return "0x" + value.toHex();
    }
    long number = value.toUint();
    return number + name(number).map(name -> " " + name).orElse(" (not known here)");
  }

  /** The media type with its parameters. */
  public static Optional<String> name(long number) {
    return ContentFormatRegistry.standard().find(number).map(ContentFormat::toString);
  }

  /**
   * The number for an argument that is one, or is the name of one.
   *
   * @throws IllegalArgumentException when it is neither; the message says what to write
   */
  public static int parse(String argument) {
    if (argument.matches("[0-9]{1,5}") && Integer.parseInt(argument) <= 0xffff) {
      return Integer.parseInt(argument);
    }
    return ContentFormatRegistry.standard()
        .byName(argument)
        .map(ContentFormat::number)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + argument
                        + "' is no content format known here; give its number (0 to 65535) or a name"
                        + " such as text/plain, application/json or application/cbor"));
  }
}
