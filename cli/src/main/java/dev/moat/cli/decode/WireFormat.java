package dev.moat.cli.decode;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.MessageFormatException.Reason;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.codec.TcpCodec;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.codec.WsCodec;
import dev.moat.coap.message.Message;
import java.util.Optional;

/** The formats that a CoAP message may have. */
enum WireFormat {
  /** RFC 7252, Section 3. */
  UDP,
  /** RFC 8323, Section 3.2. */
  TCP,
  /** RFC 8323, Section 4.2. */
  WEBSOCKET;

  /** The message, without what only the message layer of UDP needs. */
  StreamMessage decode(Bytes octets) throws MessageFormatException {
    return switch (this) {
      case UDP -> {
        Message message = UdpCodec.decode(octets);
        yield new StreamMessage(
            message.code(), message.token(), message.options(), message.payload());
      }
      case TCP -> TcpCodec.decode(octets);
      case WEBSOCKET -> WsCodec.decode(octets);
    };
  }

  /** Why the codec refuses the octets, by the label that conformance vectors use. */
  Optional<Reason> refusal(Bytes octets) {
    try {
      StreamMessage unused = decode(octets);
      return Optional.empty();
    } catch (MessageFormatException e) {
      return Optional.of(e.reason());
    }
  }

  /** Takes the octets apart. */
  Dissection dissect(Bytes octets) {
    return switch (this) {
      case UDP -> Dissector.dissect(octets);
      case TCP -> StreamDissector.tcp(octets);
      case WEBSOCKET -> StreamDissector.webSocket(octets);
    };
  }

  /** What a receiver does with malformed octets. */
  Consequence consequence(Bytes octets) {
    if (this == UDP) {
      // RFC 7252, Section 3: an unknown version, or no header at all, is ignored in silence.
      boolean rejectable = octets.length() >= 4 && octets.at(0) >> 6 == 1;
      return rejectable
          ? new Consequence(
              "rejects it with Reset when it is confirmable, else ignores it",
              "RFC 7252, 4.2 and 4.3")
          : new Consequence("ignores it in silence", "RFC 7252, 3");
    }
    Optional<Reason> reason = refusal(octets);
    if (reason.filter(Reason.INCOMPLETE_MESSAGE::equals).isPresent()) {
      return new Consequence("waits for the rest", "RFC 8323, 3.2");
    }
    if (reason.filter(Reason.TRAILING_OCTETS::equals).isPresent()) {
      return new Consequence("takes what follows for the next message", "RFC 8323, 3.2");
    }
    return new Consequence("sends Abort and closes the connection", "RFC 8323, 5.6");
  }

  /**
   * What a receiver does.
   *
   * @param action in words
   * @param reference where the RFCs say so
   */
  record Consequence(String action, String reference) {}
}
