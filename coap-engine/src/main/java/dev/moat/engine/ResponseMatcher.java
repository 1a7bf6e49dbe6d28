package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Response;
import dev.moat.engine.EngineEvent.Why;
import dev.moat.engine.Outbound.Stage;
import dev.moat.engine.dedup.Remembered;
import dev.moat.engine.dedup.Retention;
import dev.moat.engine.reliability.NotificationOrder;

/**
 * Matches responses to requests of ours: by peer and token, and by Message ID too when the response
 * is piggybacked (RFC 7252, Section 5.3.2). Of notifications only fresh ones count (RFC 7641,
 * Section 3.4).
 */
final class ResponseMatcher {
  private final EngineCore core;
  private final Transmissions transmissions;
  private final OpenExchanges open;

  ResponseMatcher(EngineCore core, Transmissions transmissions, OpenExchanges open) {
    this.core = core;
    this.transmissions = transmissions;
    this.open = open;
  }

  void onResponse(Peer from, Message message, long nowNanos) {
    switch (message.type()) {
      case ACK -> onPiggybacked(from, message, nowNanos);
      case CON -> onConfirmable(from, message, nowNanos);
      case NON -> onNonConfirmable(from, message, nowNanos);
      case RST -> core.ignored(from, Why.CODE_CONTRADICTS_TYPE);
    }
  }

  private void onPiggybacked(Peer from, Message message, long nowNanos) {
    Transmission found = transmissions.find(from, message.messageId());
    // RFC 7252, Section 5.3.2: Message ID and token must match, and the response comes from where
    // the request went.
    if (!(found instanceof RequestTransmission sent)
        || !sent.confirmable
        || !sent.exchange.token().equals(message.token())) {
      core.ignored(from, Why.MISMATCHED_RESPONSE);
      return;
    }
    if (!core.unprocessable(message).isEmpty()) {
      core.ignored(from, Why.CRITICAL_OPTION);
      return;
    }
    deliver(sent.exchange, message, nowNanos);
  }

  private void onConfirmable(Peer from, Message message, long nowNanos) {
    Remembered known = core.dedup.find(from, message.messageId(), nowNanos);
    if (known != null) {
      core.answerDuplicate(from, message, known);
      return;
    }
    Outbound exchange = open.find(from, message.token());
    if (exchange == null) {
      core.reject(from, message.messageId(), Why.UNKNOWN_TOKEN);
    } else if (!core.unprocessable(message).isEmpty()) {
      core.reject(from, message.messageId(), Why.CRITICAL_OPTION);
    } else {
      Bytes acknowledgement = core.acknowledge(from, message.messageId());
      remember(from, message.messageId(), acknowledgement, nowNanos);
      deliver(exchange, message, nowNanos);
    }
  }

  private void onNonConfirmable(Peer from, Message message, long nowNanos) {
    Outbound exchange = open.find(from, message.token());
    if (exchange != null && core.unprocessable(message).isEmpty()) {
      deliver(exchange, message, nowNanos);
    } else if (exchange != null) {
      core.ignored(from, Why.CRITICAL_OPTION);
    } else if (message.options().has(OptionNumber.OBSERVE)) {
      core.reject(from, message.messageId(), Why.UNKNOWN_TOKEN); // RFC 7641, Section 3.6
    } else {
      core.ignored(from, Why.UNKNOWN_TOKEN);
    }
  }

  private void remember(Peer from, int messageId, Bytes acknowledgement, long nowNanos) {
    long lifetimeNanos = core.config.transmission().exchangeLifetimeNanos();
    Remembered entry = core.dedup.open(from, messageId, nowNanos + lifetimeNanos);
    if (entry != null) {
      core.dedup.conclude(entry, Retention.EVICTABLE, acknowledgement);
    }
  }

  private void deliver(Outbound exchange, Message received, long nowNanos) {
    Message message = core.readable(received);
    Response response = new Response(message.code(), message.options(), message.payload());
    boolean sequenced = response.options().has(OptionNumber.OBSERVE);
    if (exchange.stage == Stage.OBSERVING) {
      onNotification(exchange, response, nowNanos);
    } else if (sequenced && message.type() != MessageType.ACK && observeValue(exchange) == 1) {
      core.ignored(exchange.peer(), Why.STALE_NOTIFICATION);
    } else if (sequenced && response.code().isSuccess() && observeValue(exchange) == 0) {
      beginObservation(exchange, response, nowNanos);
    } else {
      open.conclude(exchange, responded(exchange, response), nowNanos);
    }
  }

  private void beginObservation(Outbound exchange, Response first, long nowNanos) {
    if (exchange.peer().isMulticast()) {
      open.conclude(exchange, responded(exchange, first), nowNanos);
      return;
    }
    open.stopWaiting(exchange, nowNanos, true);
    exchange.stage = Stage.OBSERVING;
    exchange.order = new NotificationOrder(first.options().observe().orElse(0), nowNanos);
    core.outputs.add(new Output.Concluded(exchange, responded(exchange, first)));
  }

  /**
   * RFC 7641, Section 3.4: only what is newer counts; without Observe, or as an error, it is the
   * last.
   */
  private void onNotification(Outbound exchange, Response notification, long nowNanos) {
    NotificationOrder order = exchange.order;
    boolean last =
        !notification.code().isSuccess() || !notification.options().has(OptionNumber.OBSERVE);
    if (!last
        && order != null
        && !order.accept(notification.options().observe().orElse(0), nowNanos)) {
      core.ignored(exchange.peer(), Why.STALE_NOTIFICATION);
      return;
    }
    core.outputs.add(new Output.Notified(exchange, notification));
    if (last) {
      open.endNotifications(exchange, Notifications.End.RESOURCE_ENDED);
    }
  }

  private static long observeValue(Outbound exchange) {
    return exchange.request().options().observe().orElse(-1);
  }

  private static Outcome responded(Outbound exchange, Response response) {
    return new Outcome.Responded(exchange.request(), Reply.of(response));
  }
}
