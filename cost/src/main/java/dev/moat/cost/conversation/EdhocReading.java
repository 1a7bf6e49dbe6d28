package dev.moat.cost.conversation;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.cost.exchange.Part;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.coap.EdhocBody;
import dev.moat.edhoc.message.EdhocError;
import dev.moat.edhoc.message.Message1;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Tells which EDHOC message a CoAP message carries (RFC 9528, Appendix A.2). The messages behind
 * message_1 do not show which they are; their order does, in the forward and in the reverse flow.
 */
final class EdhocReading {
  private static final int LAST_MESSAGE = 4;
  private static final String IN_BLOCKS =
      "EDHOC goes block-wise here (RFC 7959): every block is listed as if it were a message of its"
          + " own, and requests for more blocks are, too";
  private static final String OUT_OF_ORDER =
      "messages of EDHOC come twice, or in an order that is not that of one handshake: several at"
          + " once between the same endpoints, or new attempts; their names are guesses and their"
          + " octets are those of all of them";

  /** {@code application/edhoc+cbor-seq} and {@code application/cid-edhoc+cbor-seq}. */
  private static final int EDHOC_FORMAT = 64;

  private static final int CID_EDHOC_FORMAT = 65;
  private static final int TRUE = 0xf5;

  private List<String> path;
  private int last;
  private boolean asked;
  private boolean comesAgain;
  private boolean inBlocks;
  private boolean outOfOrder;

  EdhocReading(List<String> path) {
    this.path = path;
  }

  /** True when the options say that the payload is one of EDHOC. */
  static boolean isEdhocFormat(Options options) {
    OptionalLong format = options.contentFormat();
    return format.isPresent()
        && (format.getAsLong() == EDHOC_FORMAT || format.getAsLong() == CID_EDHOC_FORMAT);
  }

  /** True when {@code request} was read here. */
  boolean isOwn(Piece request) {
    return request.subject() == Subject.HANDSHAKE && !request.name().equals(MessageNames.COMBINED);
  }

  /** What makes the names of messages, or their number, doubtful. */
  List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    if (inBlocks) {
      remarks.add(IN_BLOCKS);
    }
    if (outOfOrder) {
      remarks.add(OUT_OF_ORDER);
    }
    return remarks;
  }

  private void noteBlocks(Message message) {
    inBlocks |=
        Stream.of(message.options().block1(), message.options().block2())
            .flatMap(Optional::stream)
            .anyMatch(block -> block.more() || block.number() > 0);
  }

  /** A request that nothing protects; nothing when it is none of EDHOC. */
  Optional<Piece> request(Message message) {
    if (!message.code().equals(Code.POST) || !isForEdhoc(message)) {
      return Optional.empty();
    }
    noteBlocks(message);
    int payload = message.payload().length();
    try {
      return Optional.of(
          EdhocBody.decode(message.payload())
              .fold(
                  this::trigger,
                  first -> message1(first.message1().length(), payload, !asked),
                  next -> later(next.message().length(), payload),
                  failure -> error(failure.error().length(), payload)));
    } catch (EdhocException other) {
      return Optional.empty();
    }
  }

  /** A path that message_1 was sent to belongs to EDHOC from there on. */
  private boolean isForEdhoc(Message message) {
    List<String> asks = message.options().uriPath();
    if (beginsWithMessage1(message.payload())) {
      path = asks;
      return true;
    }
    return asks.equals(path) || isEdhocFormat(message.options());
  }

  private static boolean beginsWithMessage1(Bytes payload) {
    return !payload.isEmpty()
        && payload.at(0) == TRUE
        && isMessage1(payload.slice(1, payload.length()));
  }

  private static boolean isMessage1(Bytes message) {
    try {
      Message1 unused = Message1.decode(message);
      return true;
    } catch (EdhocException other) {
      return false;
    }
  }

  /** message_3 and a protected request in one (RFC 9668). */
  Piece combined(int messageOctets, int payloadOctets) {
    last = 3;
    return new Piece(
        Subject.HANDSHAKE, MessageNames.COMBINED, Part.COMBINED, messageOctets, payloadOctets);
  }

  /** The response to a request of EDHOC. */
  Piece response(Message message) {
    Bytes payload = message.payload();
    int octets = payload.length();
    noteBlocks(message);
    if (!message.code().isSuccess()) {
      return refusal(message);
    }
    if (payload.isEmpty()) {
      String name = last == 3 ? MessageNames.RESPONSE_TO_MESSAGE_3 : message.code().toString();
      return handshake(name, 0, 0);
    }
    if (asked && isMessage1(payload)) {
      return message1(octets, octets, false);
    }
    return EdhocError.isError(payload) ? error(octets, octets) : later(octets, octets);
  }

  /** What was refused for want of an Echo comes again. */
  private Piece refusal(Message message) {
    int octets = message.payload().length();
    if (!message.options().has(OptionNumber.ECHO)) {
      return error(octets, octets);
    }
    comesAgain = true;
    return handshake(MessageNames.CHALLENGE, 0, octets);
  }

  private Piece trigger() {
    asked = true;
    boolean begins = begins();
    last = 0;
    return new Piece(Subject.HANDSHAKE, MessageNames.TRIGGER, Part.DATA, 0, 0).beginning(begins);
  }

  private Piece message1(int messageOctets, int payloadOctets, boolean begins) {
    boolean first = begins() && begins;
    asked = false;
    last = 1;
    return handshake("message_1", messageOctets, payloadOctets).beginning(first);
  }

  /** A second message_1 right behind the first is another attempt at the same, as after error 2. */
  private boolean begins() {
    outOfOrder |= !comesAgain && last == 1;
    boolean begins = !comesAgain && last != 1;
    comesAgain = false;
    return begins;
  }

  /** Where the capture lacks the beginning, requests carry message_3 and responses message_2. */
  private Piece later(int messageOctets, int payloadOctets) {
    if (!comesAgain) {
      outOfOrder |= last == LAST_MESSAGE;
      last = last == 0 ? (messageOctets < payloadOctets ? 3 : 2) : Math.min(last + 1, LAST_MESSAGE);
    }
    comesAgain = false;
    return handshake("message_" + last, messageOctets, payloadOctets);
  }

  private Piece error(int messageOctets, int payloadOctets) {
    asked = false;
    return handshake(MessageNames.ERROR, messageOctets, payloadOctets);
  }

  private static Piece handshake(String name, int message, int payload) {
    return new Piece(Subject.HANDSHAKE, name, Part.HANDSHAKE, message, payload);
  }
}
