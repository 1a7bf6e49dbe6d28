package dev.moat.cli.decode;

import dev.moat.bytes.Bytes;
import dev.moat.cli.words.CodeWords;
import dev.moat.cli.words.OptionWords;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.OptionNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes one message of the UDP format apart (RFC 7252, Section 3; extended tokens of RFC 8974), up
 * to the first octet that breaks a rule.
 */
final class Dissector {
  private static final String FORMAT = "RFC 7252, 3";
  private static final String OPTION_FORMAT = "RFC 7252, 3.1";
  private static final String EXTENDED_TOKEN = "RFC 8974, 2.1";
  private static final int PAYLOAD_MARKER = 0xff;
  private static final int PREVIEW_OCTETS = 60;

  private final Bytes message;
  private final List<Field> fields = new ArrayList<>();
  private final OptionRemarks remarks = new OptionRemarks();
  private Code code = Code.EMPTY;
  private int position;
  private int optionNumber;
  private final EdhocInside edhoc = new EdhocInside();

  private Dissector(Bytes message) {
    this.message = message;
  }

  /** Takes {@code message} apart. */
  static Dissection dissect(Bytes message) {
    return new Dissector(message).run();
  }

  private Dissection run() {
    Optional<Fault> fault = Optional.empty();
    try {
      int tokenLength = header();
      token(tokenLength);
      emptyMessage();
      while (position < message.length() && message.at(position) != PAYLOAD_MARKER) {
        option();
      }
      payload();
    } catch (Broken broken) {
      fault = Optional.of(broken.fault);
    }
    return new Dissection(fields, fault, remarks.lines(code));
  }

  /** Reads the four octets that every message has, and gives the token length field. */
  private int header() throws Broken {
    if (message.length() < 4) {
      throw broken(
          message.length(), "a message has at least 4 octets; here are " + message.length());
    }
    int first = message.at(0);
    int version = first >> 6;
    if (version != 1) {
      throw broken(0, "the version must be 1, here it is " + version + "; silently ignored");
    }
    MessageType type = MessageType.ofBits(first >> 4);
    int tokenLength = first & 15;
    add(
        1,
        "Version, Type, TKL",
        "version 1, " + CodeWords.explain(type) + ", token length field " + tokenLength,
        FORMAT);
    code = Code.ofOctet(message.at(1));
    add(1, "Code", CodeWords.explain(code), "RFC 7252, 12.1");
    add(2, "Message ID", Long.toString(message.slice(2, 4).toUint()), FORMAT);
    return tokenLength;
  }

  private void token(int field) throws Broken {
    int length = field;
    if (field == 13 || field == 14) {
      int octets = field - 12;
      need(octets, "the extended token length needs " + octets + " octets", EXTENDED_TOKEN);
      length = (int) peek(octets) + (field == 13 ? 13 : 269);
      add(octets, "Extended TKL", "a token of " + length + " octets", EXTENDED_TOKEN);
    } else if (field > 8) {
      throw broken(0, "token length " + field + " is reserved");
    }
    if (length > Message.MAX_TOKEN_OCTETS) {
      throw broken(position, "a token of " + length + " octets is too long");
    }
    need(length, "the token has " + length + " octets", FORMAT);
    if (length > 0) {
      add(length, "Token", CodeWords.octets(length), "RFC 7252, 5.3.1");
    }
  }

  /** RFC 7252, Section 4.1: an Empty message ends after its Message ID. */
  private void emptyMessage() throws Broken {
    if (code == Code.EMPTY && message.length() > 4) {
      throw new Broken(
          new Fault(
              4,
              "an Empty message (code 0.00) ends after its Message ID, but "
                  + CodeWords.octets(message.length() - 4)
                  + (message.length() == 5 ? " follows" : " follow"),
              "RFC 7252, 4.1"));
    }
  }

  private void option() throws Broken {
    int start = position;
    int deltaNibble = message.at(start) >> 4;
    int lengthNibble = message.at(start) & 15;
    refuseFifteen(start, deltaNibble, "delta");
    refuseFifteen(start, lengthNibble, "length");
    position = start + 1;
    int delta = extended(deltaNibble, "delta");
    int length = extended(lengthNibble, "length");
    int headerEnd = position;
    position = start;
    int number = optionNumber + delta;
    if (number > 0xffff) {
      throw broken(start, "option number " + number + " does not fit 16 bits", OPTION_FORMAT);
    }
    optionNumber = number;
    String header = "delta " + delta + " makes option " + number + ", length " + length;
    add(headerEnd - start, "Option", header, OPTION_FORMAT);
    need(length, "the value of option " + number + " has " + length + " octets", OPTION_FORMAT);
    Bytes value = message.slice(position, position + length);
    remarks.see(number, value);
    edhoc.see(number, value);
    fields.add(
        new Field(
            position,
            value,
            "  " + OptionWords.name(number),
            OptionWords.value(number, value),
            OptionReference.of(number)));
    if (number == OptionNumber.OSCORE) {
      fields.addAll(OscoreOptionFields.of(position, value));
    }
    position += length;
  }

  private void refuseFifteen(int start, int nibble, String what) throws Broken {
    if (nibble == 15) {
      throw broken(start, "option " + what + " 15 is reserved", OPTION_FORMAT);
    }
  }

  /**
   * The value of an option delta or length, whose extension (13: one octet, 14: two) stands at the
   * position.
   */
  private int extended(int nibble, String what) throws Broken {
    if (nibble < 13) {
      return nibble;
    }
    int octets = nibble - 12;
    need(octets, "the extended option " + what + " needs " + octets + " octets", OPTION_FORMAT);
    int value = (int) peek(octets) + (nibble == 13 ? 13 : 269);
    position += octets;
    return value;
  }

  private void payload() throws Broken {
    if (position == message.length()) {
      return;
    }
    if (position + 1 == message.length()) {
      throw broken(position, "a payload marker must be followed by a payload");
    }
    add(1, "Payload marker", "the options end here", FORMAT);
    int length = message.length() - position;
    Bytes payload = message.slice(position, message.length());
    boolean isEdhoc = edhoc.isInside();
    add(length, "Payload", CodeWords.octets(length) + (isEdhoc ? "" : preview(payload)), FORMAT);
    fields.addAll(edhoc.fields(position - length, payload));
  }

  /** The text of a payload that is short and readable. */
  private static String preview(Bytes payload) {
    Bytes start = payload.slice(0, Math.min(payload.length(), PREVIEW_OCTETS));
    String text = start.toUtf8();
    boolean readable = text.chars().noneMatch(c -> Character.isISOControl(c) || c == '\ufffd');
    return readable ? ": \"" + text + (payload.length() > PREVIEW_OCTETS ? "...\"" : "\"") : "";
  }

  private void add(int length, String name, String meaning, String reference) {
    Bytes octets = message.slice(position, position + length);
    fields.add(new Field(position, octets, name, meaning, reference));
    position += length;
  }

  private long peek(int octets) {
    return message.slice(position, position + octets).toUint();
  }

  private void need(int octets, String sentence, String reference) throws Broken {
    int left = message.length() - position;
    if (left < octets) {
      throw broken(position, sentence + ", but only " + left + " are left", reference);
    }
  }

  private static Broken broken(int offset, String rule) {
    return broken(offset, rule, FORMAT);
  }

  private static Broken broken(int offset, String rule, String reference) {
    return new Broken(new Fault(offset, rule, reference));
  }

  /** Ends the dissection. */
  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Fault fault;

    Broken(Fault fault) {
      super(fault.rule(), null, false, false);
      this.fault = fault;
    }
  }
}
