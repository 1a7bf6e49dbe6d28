package dev.moat.cli.decode;

import dev.moat.bytes.Bytes;
import dev.moat.cli.words.CodeWords;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.OptionNumber;
import java.util.List;

/**
 * What every CoAP format has in common: the token, the options and the payload (RFC 7252, Section
 * 3; extended tokens of RFC 8974).
 */
final class MessageBody {
  private static final String FORMAT = "RFC 7252, 3";
  private static final String OPTION_FORMAT = "RFC 7252, 3.1";
  private static final String EXTENDED_TOKEN = "RFC 8974, 2.1";
  private static final int PAYLOAD_MARKER = 0xff;
  private static final int PREVIEW_OCTETS = 60;

  private final Walk walk;
  private final OptionSpace space;
  private final OptionRemarks remarks;
  private final EdhocInside edhoc = new EdhocInside();
  private int optionNumber;

  MessageBody(Walk walk, OptionSpace space) {
    this.walk = walk;
    this.space = space;
    this.remarks = new OptionRemarks(space);
  }

  /** Takes the token, with its extended length, for a value of the field TKL. */
  void token(int field) throws Broken {
    int length = field;
    if (field == 13 || field == 14) {
      int octets = field - 12;
      walk.need(octets, "the extended token length needs " + octets + " octets", EXTENDED_TOKEN);
      length = (int) walk.peek(octets) + (field == 13 ? 13 : 269);
      walk.add(octets, "Extended TKL", "a token of " + length + " octets", EXTENDED_TOKEN);
    } else if (field > 8) {
      throw new Broken(0, "token length " + field + " is reserved", FORMAT);
    }
    if (length > Message.MAX_TOKEN_OCTETS) {
      throw new Broken(walk.position(), "a token of " + length + " octets is too long", FORMAT);
    }
    walk.need(length, "the token has " + length + " octets", FORMAT);
    if (length > 0) {
      walk.add(length, "Token", CodeWords.octets(length), "RFC 7252, 5.3.1");
    }
  }

  /** Takes all options and the payload. */
  void optionsAndPayload() throws Broken {
    while (!walk.isAtEndOr(PAYLOAD_MARKER)) {
      option();
    }
    payload();
  }

  /** What a receiver makes of the options so far. */
  List<String> remarks() {
    return remarks.lines();
  }

  private void option() throws Broken {
    int start = walk.position();
    int deltaNibble = walk.octet() >> 4;
    int lengthNibble = walk.octet() & 15;
    refuseFifteen(start, deltaNibble, "delta");
    refuseFifteen(start, lengthNibble, "length");
    int lengthAt = 1 + extraOctets(deltaNibble);
    int delta = extended(1, deltaNibble, "delta");
    int length = extended(lengthAt, lengthNibble, "length");
    optionNumber += delta;
    if (optionNumber > 0xffff) {
      throw new Broken(
          start, "option number " + optionNumber + " does not fit 16 bits", OPTION_FORMAT);
    }
    walk.add(
        lengthAt + extraOctets(lengthNibble),
        "Option",
        "delta " + delta + " makes option " + optionNumber + ", length " + length,
        OPTION_FORMAT);
    value(length);
  }

  private void value(int length) throws Broken {
    int number = optionNumber;
    walk.need(
        length, "the value of option " + number + " has " + length + " octets", OPTION_FORMAT);
    Bytes value = walk.next(length);
    remarks.see(number, value);
    int offset = walk.position();
    walk.add(
        length, "  " + space.name(number), space.value(number, value), space.reference(number));
    if (space.isOfMessages()) {
      edhoc.see(number, value);
      if (number == OptionNumber.OSCORE) {
        walk.divide(OscoreOptionFields.of(offset, value));
      }
    }
  }

  private static void refuseFifteen(int start, int nibble, String what) throws Broken {
    if (nibble == 15) {
      throw new Broken(start, "option " + what + " 15 is reserved", OPTION_FORMAT);
    }
  }

  /** Octets that follow for a nibble of 13 or 14. */
  private static int extraOctets(int nibble) {
    return Math.max(0, nibble - 12);
  }

  /**
   * The value of an option delta or length, whose extension would stand {@code ahead} octets on.
   */
  private int extended(int ahead, int nibble, String what) throws Broken {
    if (nibble < 13) {
      return nibble;
    }
    int octets = extraOctets(nibble);
    if (walk.left() < ahead + octets) {
      throw new Broken(
          walk.position() + ahead,
          "the extended option "
              + what
              + " needs "
              + CodeWords.octets(octets)
              + ", but only "
              + (walk.left() - ahead)
              + " are left",
          OPTION_FORMAT);
    }
    Bytes extension = walk.next(ahead + octets);
    return (int) extension.slice(ahead, ahead + octets).toUint() + (nibble == 13 ? 13 : 269);
  }

  private void payload() throws Broken {
    if (walk.left() == 0) {
      return;
    }
    if (walk.left() == 1) {
      throw new Broken(walk.position(), "a payload marker must be followed by a payload", FORMAT);
    }
    walk.add(1, "Payload marker", "the options end here", FORMAT);
    int length = walk.left();
    int start = walk.position();
    Bytes payload = walk.next(length);
    boolean isEdhoc = edhoc.isInside();
    walk.add(
        length, "Payload", CodeWords.octets(length) + (isEdhoc ? "" : preview(payload)), FORMAT);
    walk.divide(edhoc.fields(start, payload));
  }

  /** The text of a payload that is short and readable. */
  private static String preview(Bytes payload) {
    Bytes start = payload.slice(0, Math.min(payload.length(), PREVIEW_OCTETS));
    String text = start.toUtf8();
    boolean readable = text.chars().noneMatch(c -> Character.isISOControl(c) || c == '\ufffd');
    return readable ? ": \"" + text + (payload.length() > PREVIEW_OCTETS ? "...\"" : "\"") : "";
  }
}
