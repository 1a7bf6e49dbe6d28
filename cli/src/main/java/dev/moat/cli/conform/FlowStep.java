package dev.moat.cli.conform;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;

/**
 * One message of a flow.
 *
 * @param name for findings
 * @param fromClient who sent it
 * @param message what was sent
 */
record FlowStep(String name, boolean fromClient, Message message) {
  /** Any peer will do, as long as it is the same for the whole flow. */
  static final Peer PEER = Peer.of(Bytes.of(192, 0, 2, 1), 5683);

  boolean isRequest() {
    return fromClient && message.code().isRequest();
  }

  boolean isResponse() {
    return !fromClient && message.code().isResponse();
  }

  /** The message as the layers above the message layer see it. */
  Request request() {
    Reliability reliability =
        message.type() == MessageType.CON ? Reliability.CONFIRMABLE : Reliability.NON_CONFIRMABLE;
    return new Request(
        message.code(), message.options(), message.payload(), PEER, reliability, Context.empty());
  }

  /** The message as the layers above the message layer see it. */
  Response response() {
    return new Response(message.code(), message.options(), message.payload());
  }
}
