package dev.moat.cli.words;

import dev.moat.bytes.Bytes;
import dev.moat.coap.option.BlockOption;
import dev.moat.coap.option.OptionDefinition;
import dev.moat.coap.option.OptionFormat;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.OptionRegistry;
import java.util.Optional;

/** Option numbers and values in words. */
public final class OptionWords {
  private static final OptionRegistry REGISTRY = OptionRegistry.standard();

  private OptionWords() {}

  /** The registered name, or the bare number. */
  public static String name(int number) {
    return definition(number).map(OptionDefinition::name).orElse("Option " + number);
  }

  /** What the registry knows of {@code number}. */
  public static Optional<OptionDefinition> definition(int number) {
    return REGISTRY.find(number);
  }

  /**
   * The value as its format has it: text in quotes, a number, block fields, or hexadecimal digits.
   */
  public static String value(int number, Bytes value) {
    return switch (number) {
      case OptionNumber.CONTENT_FORMAT, OptionNumber.ACCEPT -> ContentFormatWords.of(value);
      case OptionNumber.BLOCK1, OptionNumber.BLOCK2, OptionNumber.Q_BLOCK1, OptionNumber.Q_BLOCK2 ->
          block(value);
      case OptionNumber.MAX_AGE -> uint(value) + " s";
      default -> byFormat(number, value);
    };
  }

  private static String byFormat(int number, Bytes value) {
    OptionFormat format =
        definition(number).map(OptionDefinition::format).orElse(OptionFormat.OPAQUE);
    return inFormat(format, value);
  }

  /** The value as {@code format} has it; {@code present} when that is nothing. */
  public static String inFormat(OptionFormat format, Bytes value) {
    String shown = format.describe(value);
    return shown.isEmpty() ? "present" : shown.equals("0x") ? "empty" : shown;
  }

  private static String uint(Bytes value) {
    return OptionFormat.UINT.describe(value);
  }

  private static String block(Bytes value) {
    if (value.length() > 3) {
      return "0x" + value.toHex();
    }
    BlockOption block = BlockOption.parse(value);
    String size = block.sizeExponent() == 7 ? "BERT" : block.sizeOctets() + " octets";
    return "block "
        + block.number()
        + " of "
        + size
        + (block.more() ? ", more follow" : ", the last or only one");
  }
}
