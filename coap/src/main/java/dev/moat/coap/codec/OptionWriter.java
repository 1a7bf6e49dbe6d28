package dev.moat.coap.codec;

import dev.moat.bytes.Bytes;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.Options;

/**
 * Writes a list of options and the payload behind it (RFC 7252, Section 3.1): the inverse of {@link
 * OptionReader}. Every delta and length has exactly one form, so what was read is written back
 * octet by octet.
 */
public final class OptionWriter {
  /** The longest option value that the format can express, in octets. */
  public static final int MAX_VALUE_OCTETS = 0xffff + 269;

  private OptionWriter() {}

  /**
   * Octets that {@link #write} will need.
   *
   * @throws IllegalArgumentException when an option value is longer than {@link #MAX_VALUE_OCTETS}
   */
  public static int lengthOctets(Options options, Bytes payload) {
    int total = payload.isEmpty() ? 0 : 1 + payload.length();
    int previous = 0;
    for (int i = 0; i < options.size(); i++) {
      Option option = options.at(i);
      total += lengthOctets(previous, option);
      previous = option.number();
    }
    return total;
  }

  /**
   * Octets that one option needs behind an option of number {@code previous}, 0 for none.
   *
   * @throws IllegalArgumentException when its value is longer than {@link #MAX_VALUE_OCTETS}
   */
  public static int lengthOctets(int previous, Option option) {
    int length = option.value().length();
    if (length > MAX_VALUE_OCTETS) {
      throw new IllegalArgumentException(
          "option " + option.number() + " of " + length + " octets; at most " + MAX_VALUE_OCTETS);
    }
    return 1 + extraOctets(option.number() - previous) + extraOctets(length) + length;
  }

  /**
   * Writes to {@code target} from {@code position} on; the room must be there.
   *
   * @return the position behind the last octet
   */
  public static int write(Options options, Bytes payload, byte[] target, int position) {
    int at = position;
    int previous = 0;
    for (int i = 0; i < options.size(); i++) {
      Option option = options.at(i);
      at = write(previous, option, target, at);
      previous = option.number();
    }
    return write(payload, target, at);
  }

  /**
   * Writes one option behind an option of number {@code previous}, 0 for none; the room must be
   * there.
   *
   * @return the position behind the last octet
   */
  public static int write(int previous, Option option, byte[] target, int position) {
    Bytes value = option.value();
    int at = header(option.number() - previous, value.length(), target, position);
    value.copyTo(target, at);
    return at + value.length();
  }

  /**
   * Writes the payload marker and the payload, or nothing when it is empty; the room must be there.
   *
   * @return the position behind the last octet
   */
  public static int write(Bytes payload, byte[] target, int position) {
    if (payload.isEmpty()) {
      return position;
    }
    target[position] = (byte) 0xff;
    payload.copyTo(target, position + 1);
    return position + 1 + payload.length();
  }

  private static int header(int delta, int length, byte[] target, int position) {
    target[position] = (byte) ((nibble(delta) << 4) | nibble(length));
    return extension(length, target, extension(delta, target, position + 1));
  }

  /** The 4-bit form of a delta, an option length or a token length. */
  static int nibble(int value) {
    return value < 13 ? value : value < 269 ? 13 : 14;
  }

  /** Octets of the extension that follows the nibble. */
  static int extraOctets(int value) {
    return value < 13 ? 0 : value < 269 ? 1 : 2;
  }

  /** Writes the extension and returns the position behind it. */
  static int extension(int value, byte[] target, int position) {
    int at = position;
    if (value >= 269) {
      target[at++] = (byte) ((value - 269) >> 8);
      target[at++] = (byte) (value - 269);
    } else if (value >= 13) {
      target[at++] = (byte) (value - 13);
    }
    return at;
  }
}
