package dev.moat.engine;

import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;

/** A request of ours on its way, and what its fate tells about it (RFC 7252, Section 4). */
final class RequestTransmission extends Transmission {
  private static final long ALL_CLASSES = 2 | 8 | 16;

  final Outbound exchange;
  private final OpenExchanges open;

  RequestTransmission(
      Transmissions owner,
      Remote remote,
      boolean confirmable,
      Outbound exchange,
      OpenExchanges open) {
    super(owner, remote, confirmable);
    this.exchange = exchange;
    this.open = open;
  }

  @Override
  Message message(int withId) {
    Request request = exchange.request();
    return new Message(
        confirmable ? MessageType.CON : MessageType.NON,
        withId,
        request.method(),
        exchange.token(),
        request.options(),
        request.payload());
  }

  @Override
  boolean isGated() {
    return true;
  }

  @Override
  boolean concludesOnSendFailure() {
    return true;
  }

  @Override
  void launched(long nowNanos) {
    if (confirmable) {
      return;
    }
    if (wantsNoResponse(exchange.request())) {
      open.doubt(exchange, Outcome.Doubt.NO_RESPONSE, nowNanos);
    } else {
      open.awaitResponse(exchange, nowNanos);
    }
  }

  /** RFC 7967, Section 2.1: with all classes suppressed there is nothing to wait for. */
  static boolean wantsNoResponse(Request request) {
    long suppressed = request.options().uint(OptionNumber.NO_RESPONSE).orElse(0);
    return (suppressed & ALL_CLASSES) == ALL_CLASSES;
  }

  @Override
  void acknowledged(long nowNanos) {
    open.awaitResponse(exchange, nowNanos);
  }

  @Override
  void rejected(long nowNanos) {
    // Only when one copy was sent does the Reset speak for all of them. It carries no token, and
    // Message IDs come again: without security whoever held an older Reset back, or tries 65,536
    // of them, would make the client sure of something false.
    if (copies == 1 && exchange.peer().association() != 0) {
      open.undelivered(exchange, Outcome.Cause.RESET, nowNanos);
    } else {
      open.doubt(exchange, Outcome.Doubt.RESET_WITHOUT_PROOF, nowNanos);
    }
  }

  @Override
  void gaveUp(long nowNanos) {
    open.doubt(exchange, Outcome.Doubt.NO_ACKNOWLEDGEMENT, nowNanos);
  }

  @Override
  void unsendable(Outcome.Cause cause, long nowNanos) {
    open.undelivered(exchange, cause, nowNanos);
  }
}
