package dev.moat.coap.codec;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException.Reason;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.Options;

/**
 * Reads a list of options and the payload behind it (RFC 7252, Section 3.1), as every CoAP format
 * has it at its end.
 *
 * <p>Two passes over the option headers, the first of which checks and counts, keep the array of
 * options exact. Values and payload are views of the source. Owned by one thread, for one message.
 */
public final class OptionReader {
  private static final int PAYLOAD_MARKER = 0xff;
  private static final int MAX_NUMBER = 0xffff;

  private final Bytes source;
  private int position;
  private int number;
  private int valueStart;

  /** Starts at the first octet behind the token. */
  public OptionReader(Bytes source, int start) {
    this.source = source;
    this.position = start;
  }

  /** Reads all options, up to the payload marker or the end. */
  public Options options() throws MessageFormatException {
    int start = position;
    int count = 0;
    while (next()) {
      count++;
    }
    if (count == 0) {
      return Options.none();
    }
    position = start;
    number = 0;
    Option[] options = new Option[count];
    for (int i = 0; i < count && next(); i++) {
      options[i] = new Option(number, source.slice(valueStart, position));
    }
    return Options.ownedAscending(options);
  }

  /** Reads the payload; call {@link #options()} first. */
  public Bytes payload() throws MessageFormatException {
    if (position == source.length()) {
      return Bytes.empty();
    }
    if (position + 1 == source.length()) {
      throw new MessageFormatException(Reason.MARKER_WITHOUT_PAYLOAD, position);
    }
    return source.slice(position + 1, source.length());
  }

  /** Moves behind the next option; false at the payload marker or the end. */
  private boolean next() throws MessageFormatException {
    if (position == source.length() || source.at(position) == PAYLOAD_MARKER) {
      return false;
    }
    int start = position;
    int first = source.at(position++);
    int delta = extended(first >> 4, start);
    int length = extended(first & 15, start);
    number += delta;
    if (number > MAX_NUMBER) {
      throw new MessageFormatException(Reason.OPTION_NUMBER_OVERFLOW, start);
    }
    valueStart = position;
    if (length > source.length() - position) {
      throw new MessageFormatException(Reason.TRUNCATED_OPTION_VALUE, position);
    }
    position += length;
    return true;
  }

  /** The value of a delta or length nibble with the extension that follows it. */
  private int extended(int nibble, int optionStart) throws MessageFormatException {
    if (nibble < 13) {
      return nibble;
    }
    if (nibble == 15) {
      throw new MessageFormatException(Reason.RESERVED_NIBBLE_15, optionStart);
    }
    int octets = nibble - 12;
    if (octets > source.length() - position) {
      throw new MessageFormatException(Reason.TRUNCATED_OPTION_HEADER, position);
    }
    int value = source.at(position++);
    return nibble == 13 ? value + 13 : ((value << 8) | source.at(position++)) + 269;
  }
}
