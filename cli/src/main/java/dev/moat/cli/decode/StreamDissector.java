package dev.moat.cli.decode;

import dev.moat.bytes.Bytes;
import dev.moat.cli.words.CodeWords;
import dev.moat.coap.message.Code;
import java.util.List;
import java.util.Optional;

/**
 * Takes one message on TCP or a WebSocket apart (RFC 8323, Sections 3.2 and 4.2), up to the first
 * octet that breaks a rule.
 */
final class StreamDissector {
  private static final String TCP_FORMAT = "RFC 8323, 3.2";
  private static final String WS_FORMAT = "RFC 8323, 4.2";
  private static final int FIRST_OF_32_BITS = 65_805;

  /** No length is announced. */
  private static final long ANY = -1;

  private final Bytes message;
  private final Walk walk;

  private StreamDissector(Bytes message) {
    this.message = message;
    this.walk = new Walk(message);
  }

  /** Takes a message on TCP apart. */
  static Dissection tcp(Bytes message) {
    StreamDissector dissector = new StreamDissector(message);
    return dissector.run(dissector::tcpHead);
  }

  /** Takes the content of a WebSocket's binary message apart. */
  static Dissection webSocket(Bytes message) {
    StreamDissector dissector = new StreamDissector(message);
    return dissector.run(dissector::webSocketHead);
  }

  private Dissection run(Head head) {
    List<String> remarks = List.of();
    try {
      long announced = head.take();
      Code code = Code.ofOctet(walk.octet());
      walk.add(
          1,
          "Code",
          CodeWords.onStream(code),
          code.isSignal() ? "RFC 8323, 11.1" : "RFC 7252, 12.1");
      MessageBody body = new MessageBody(walk, OptionSpace.onStream(code));
      body.token(message.at(0) & 15);
      length(announced);
      if (code == Code.EMPTY) {
        ignored();
        return new Dissection(walk.fields(), Optional.empty(), remarks);
      }
      return rest(body);
    } catch (Broken broken) {
      return new Dissection(walk.fields(), Optional.of(broken.fault()), remarks);
    }
  }

  private Dissection rest(MessageBody body) {
    Optional<Fault> fault = Optional.empty();
    try {
      body.optionsAndPayload();
    } catch (Broken broken) {
      fault = Optional.of(broken.fault());
    }
    return new Dissection(walk.fields(), fault, body.remarks());
  }

  /** Len, TKL and Extended Length; gives the octets of options and payload. */
  private long tcpHead() throws Broken {
    walk.need(1, "a message has at least 2 octets", TCP_FORMAT);
    int len = walk.octet() >> 4;
    walk.add(1, "Len, TKL", lenAndTkl(), TCP_FORMAT);
    long announced = len;
    if (len > 12) {
      int octets = 1 << (len - 13);
      walk.need(octets, "the extended length needs " + CodeWords.octets(octets), TCP_FORMAT);
      announced = walk.peek(octets) + (len == 13 ? 13 : len == 14 ? 269 : FIRST_OF_32_BITS);
      walk.add(octets, "Extended Length", announced + " octets of options and payload", TCP_FORMAT);
    }
    walk.need(1, "the Code has 1 octet", TCP_FORMAT);
    return announced;
  }

  /** Len and TKL; the options and the payload are all that follows the token. */
  private long webSocketHead() throws Broken {
    if (message.length() < 2) {
      throw new Broken(
          message.length(),
          "a message has at least 2 octets; " + (message.isEmpty() ? "here is none" : "here is 1"),
          WS_FORMAT);
    }
    int len = walk.octet() >> 4;
    if (len != 0) {
      throw new Broken(0, "Len must be 0 on a WebSocket, here it is " + len, WS_FORMAT);
    }
    walk.add(1, "Len, TKL", lenAndTkl(), WS_FORMAT);
    return ANY;
  }

  private String lenAndTkl() {
    int first = message.at(0);
    return "length field " + (first >> 4) + ", token length field " + (first & 15);
  }

  /** The announced length must be the length that is there. */
  private void length(long announced) throws Broken {
    if (announced == ANY || announced == walk.left()) {
      return;
    }
    if (announced > walk.left()) {
      throw new Broken(
          message.length(),
          "options and payload have " + announced + " octets, but here are only " + walk.left(),
          TCP_FORMAT);
    }
    int end = walk.position() + (int) announced;
    throw new Broken(
        end,
        "the message ends here, but "
            + CodeWords.octets(message.length() - end)
            + " more are given; decode what follows by itself",
        TCP_FORMAT);
  }

  private void ignored() {
    if (walk.left() > 0) {
      walk.add(
          walk.left(), "ignored", "whatever an Empty message carries is ignored", "RFC 8323, 3.4");
    }
  }

  /** The start of one of the two formats. */
  private interface Head {
    /** Takes all octets before the Code; gives how many options and payload have. */
    long take() throws Broken;
  }
}
