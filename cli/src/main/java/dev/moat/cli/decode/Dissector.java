package dev.moat.cli.decode;

import dev.moat.bytes.Bytes;
import dev.moat.cli.words.CodeWords;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.MessageType;
import java.util.Optional;

/**
 * Takes one message of the UDP format apart (RFC 7252, Section 3), up to the first octet that
 * breaks a rule.
 */
final class Dissector {
  private static final String FORMAT = "RFC 7252, 3";

  private final Bytes message;
  private final Walk walk;

  private Dissector(Bytes message) {
    this.message = message;
    this.walk = new Walk(message);
  }

  /** Takes {@code message} apart. */
  static Dissection dissect(Bytes message) {
    return new Dissector(message).run();
  }

  private Dissection run() {
    MessageBody body = new MessageBody(walk, OptionSpace.ofMessages(code()));
    try {
      body.token(header());
      emptyMessage();
      body.optionsAndPayload();
      return new Dissection(walk.fields(), Optional.empty(), body.remarks());
    } catch (Broken broken) {
      return new Dissection(walk.fields(), Optional.of(broken.fault()), body.remarks());
    }
  }

  private Code code() {
    return message.length() < 2 ? Code.EMPTY : Code.ofOctet(message.at(1));
  }

  /** Reads the four octets that every message has, and gives the token length field. */
  private int header() throws Broken {
    if (message.length() < 4) {
      throw new Broken(
          message.length(),
          "a message has at least 4 octets; here are " + message.length(),
          FORMAT);
    }
    int first = message.at(0);
    int version = first >> 6;
    if (version != 1) {
      throw new Broken(
          0, "the version must be 1, here it is " + version + "; silently ignored", FORMAT);
    }
    MessageType type = MessageType.ofBits(first >> 4);
    int tokenLength = first & 15;
    walk.add(
        1,
        "Version, Type, TKL",
        "version 1, " + CodeWords.explain(type) + ", token length field " + tokenLength,
        FORMAT);
    walk.add(1, "Code", CodeWords.explain(code()), "RFC 7252, 12.1");
    walk.add(2, "Message ID", Long.toString(walk.peek(2)), FORMAT);
    return tokenLength;
  }

  /** RFC 7252, Section 4.1: an Empty message ends after its Message ID. */
  private void emptyMessage() throws Broken {
    if (code() == Code.EMPTY && message.length() > 4) {
      throw new Broken(
          4,
          "an Empty message (code 0.00) ends after its Message ID, but "
              + CodeWords.octets(message.length() - 4)
              + (message.length() == 5 ? " follows" : " follow"),
          "RFC 7252, 4.1");
    }
  }
}
