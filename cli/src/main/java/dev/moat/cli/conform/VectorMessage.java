package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;

/**
 * A message of a vector, as the layers above the message layer see it and as it is on the wire.
 *
 * @param message what was decoded
 */
record VectorMessage(Message message) {
  /**
   * The message with these octets.
   *
   * @throws IllegalArgumentException when they are no message
   */
  static VectorMessage of(Bytes octets) {
    try {
      return new VectorMessage(UdpCodec.decode(octets));
    } catch (MessageFormatException e) {
      throw new IllegalArgumentException("no CoAP message: " + e.getMessage(), e);
    }
  }

  /** The message in a member, whose decoded fields are compared when they are stated. */
  static VectorMessage of(JsonNode node, String member, String decoded, Findings findings) {
    VectorMessage message = of(Json.octets(node, member));
    if (node.path(decoded).isObject()) {
      Findings fields = new Findings();
      DecodedFields.compare(node.path(decoded), message.message(), fields);
      findings.addAll(decoded, fields);
    }
    return message;
  }

  Request request() {
    return new FlowStep("request", true, message).request();
  }

  Response response() {
    return new FlowStep("response", false, message).response();
  }

  /** The octets of this message with the code, options and payload of {@code request}. */
  Bytes with(Request request) {
    return with(request.method(), request.options(), request.payload());
  }

  /** The octets of this message with the code, options and payload of {@code response}. */
  Bytes with(Response response) {
    return with(response.code(), response.options(), response.payload());
  }

  /** The octets of this message with the Message ID and the token of {@code request}. */
  Bytes answering(VectorMessage request) {
    Message asked = request.message();
    return UdpCodec.encode(
        new Message(
            message.type(),
            asked.messageId(),
            message.code(),
            asked.token(),
            message.options(),
            message.payload()));
  }

  private Bytes with(Code code, Options options, Bytes payload) {
    return UdpCodec.encode(
        new Message(message.type(), message.messageId(), code, message.token(), options, payload));
  }
}
