package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.service.Response;

/**
 * Puts responses, charged already, on their way: in the acknowledgement, or under a Message ID of
 * our own (RFC 7252, Section 5.2).
 */
final class ResponseSender {
  private final EngineCore core;
  private final Transmissions transmissions;

  ResponseSender(EngineCore core, Transmissions transmissions) {
    this.core = core;
    this.transmissions = transmissions;
  }

  /** Sends an Empty acknowledgement and returns it, to be remembered. */
  Bytes acknowledge(Inbound exchange) {
    Bytes datagram = core.acknowledge(exchange.peer(), exchange.message.messageId());
    if (exchange.account != null) {
      exchange.account.sentEmpty(datagram.length());
    }
    return datagram;
  }

  /** Sends a piggybacked response; what has no form becomes 5.00. */
  Bytes piggyback(Inbound exchange, Response response) {
    int messageId = exchange.message.messageId();
    Bytes datagram =
        Transmissions.encoded(
                Answers.message(MessageType.ACK, messageId, exchange.token(), response))
            .orElseGet(() -> internalError(exchange, response));
    core.transmit(exchange.peer(), datagram);
    return datagram;
  }

  /** Sends a response under a Message ID of our own; retransmitted when it is confirmable. */
  void transmit(Addressee to, Response response, boolean confirmable, long nowNanos) {
    Remote remote = core.remotes.obtain(to.peer(), nowNanos);
    if (remote == null) {
      core.emit(new EngineEvent.Unsendable(to.peer(), response.code()));
      return;
    }
    Transmission transmission =
        new ResponseTransmission(core, transmissions, remote, to, response, confirmable);
    if (transmissions.start(transmission, nowNanos) && !confirmable) {
      transmissions.finish(transmission, nowNanos);
    }
  }

  private Bytes internalError(Inbound exchange, Response response) {
    core.emit(new EngineEvent.Unsendable(exchange.peer(), response.code()));
    Response error = Response.of(Code.INTERNAL_SERVER_ERROR);
    int messageId = exchange.message.messageId();
    return UdpCodec.encode(Answers.message(MessageType.ACK, messageId, exchange.token(), error));
  }
}
