package dev.moat.oscore.protect;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.OptionReader;
import dev.moat.coap.codec.OptionWriter;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.OscoreException.Reason;

/**
 * The plaintext of a message (RFC 8613, Section 5.3): code, class E options, payload.
 *
 * @param code any code; whether it is a request's or a response's is for the caller to check
 * @param options the inner options
 * @param payload the payload
 */
record Plaintext(Code code, Options options, Bytes payload) {
  /**
   * Writes the inner options of {@code options} with the rest into a new array that has room for a
   * tag.
   *
   * @param emptyObserve true to write Observe without its value, as notifications have it (Section
   *     4.1.3.5.2)
   */
  byte[] write(ProtectionTable table, boolean emptyObserve, int tagOctets) {
    int length = 1 + (payload.isEmpty() ? 0 : 1 + payload.length());
    int previous = 0;
    for (int i = 0; i < options.size(); i++) {
      Option option = options.at(i);
      if (table.isInner(option.number())) {
        length += OptionWriter.lengthOctets(previous, inner(option, emptyObserve));
        previous = option.number();
      }
    }
    byte[] array = new byte[length + tagOctets];
    array[0] = (byte) code.octet();
    fill(table, emptyObserve, array);
    return array;
  }

  private void fill(ProtectionTable table, boolean emptyObserve, byte[] array) {
    int at = 1;
    int previous = 0;
    for (int i = 0; i < options.size(); i++) {
      Option option = options.at(i);
      if (table.isInner(option.number())) {
        at = OptionWriter.write(previous, inner(option, emptyObserve), array, at);
        previous = option.number();
      }
    }
    // The array is exactly as long as needed, so where writing ends is known.
    var unused = OptionWriter.write(payload, array, at);
  }

  private static Option inner(Option option, boolean emptyObserve) {
    return emptyObserve && option.number() == OptionNumber.OBSERVE
        ? new Option(OptionNumber.OBSERVE, Bytes.empty())
        : option;
  }

  /** Reads a plaintext; options and payload are views of it. */
  static Plaintext read(Bytes octets) throws OscoreException {
    if (octets.isEmpty()) {
      throw new OscoreException(Reason.BAD_PLAINTEXT);
    }
    OptionReader reader = new OptionReader(octets, 1);
    try {
      Options options = reader.options();
      if (options.has(OptionNumber.OSCORE)) {
        throw new OscoreException(Reason.NESTED);
      }
      return new Plaintext(Code.ofOctet(octets.at(0)), options, reader.payload());
    } catch (MessageFormatException malformed) {
      throw new OscoreException(Reason.BAD_PLAINTEXT, malformed);
    }
  }
}
