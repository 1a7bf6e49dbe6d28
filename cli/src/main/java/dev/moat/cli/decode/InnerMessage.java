package dev.moat.cli.decode;

import dev.moat.bytes.Bytes;
import dev.moat.cli.console.Failure;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;

/**
 * What a protected message says inside.
 *
 * @param code the code
 * @param options the options, class U among them
 * @param payload the payload
 */
record InnerMessage(Code code, Options options, Bytes payload) {
  private static final Peer NOBODY = Peer.of(Bytes.of(192, 0, 2, 1), 5683);

  static InnerMessage of(Request request) {
    return new InnerMessage(request.method(), request.options(), request.payload());
  }

  static InnerMessage of(Response response) {
    return new InnerMessage(response.code(), response.options(), response.payload());
  }

  /** A message with the OSCORE option; a {@link Failure} for any other. */
  static StreamMessage outer(Bytes octets, WireFormat format) {
    try {
      StreamMessage message = format.decode(octets);
      if (message.code().isSignal() || !message.options().has(OptionNumber.OSCORE)) {
        throw new Failure(
            "the message has no OSCORE option", "Leave -E out to see what it is as it is.");
      }
      return message;
    } catch (MessageFormatException e) {
      throw new Failure(
          "the message is malformed: " + e.getMessage(), "Decode it without -E to see where.", e);
    }
  }

  /** A message as a request of nobody in particular. */
  static Request request(StreamMessage message) {
    return new Request(
        message.code(),
        message.options(),
        message.payload(),
        NOBODY,
        Reliability.CONFIRMABLE,
        Context.empty());
  }

  /** A message as a response. */
  static Response response(StreamMessage message) {
    return new Response(message.code(), message.options(), message.payload());
  }
}
