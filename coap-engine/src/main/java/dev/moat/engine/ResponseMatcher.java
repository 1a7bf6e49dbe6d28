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
import java.util.Optional;

/**
 * Matches responses to requests of ours: by peer and token, and by Message ID too when the response
 * is piggybacked (RFC 7252, Section 5.3.2). Of notifications only fresh ones count (RFC 7641,
 * Section 3.4).
 */
final class ResponseMatcher {
  private final EngineCore core;
  private final Transmissions transmissions;
  private final OpenExchanges open;
  private final GatedResponses gated;

  ResponseMatcher(EngineCore core, Transmissions transmissions, OpenExchanges open) {
    this.core = core;
    this.transmissions = transmissions;
    this.open = open;
    this.gated = new GatedResponses(core, open);
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
    Outbound exchange = sent.exchange;
    if (exchange.gate().isPresent()) {
      gated.accepted(exchange, message, nowNanos).ifPresent(r -> deliver(exchange, r, nowNanos));
    } else if (isUnprocessable(message)) {
      core.ignored(from, Why.CRITICAL_OPTION);
    } else if (!isLateNotification(exchange, message)) {
      deliver(exchange, readable(message), nowNanos);
    }
  }

  private void onConfirmable(Peer from, Message message, long nowNanos) {
    Outbound exchange = open.find(from, message.token());
    if (exchange != null && exchange.gate().isPresent()) {
      onGatedConfirmable(exchange, from, message, nowNanos);
      return;
    }
    Remembered known = core.dedup.find(from, message.messageId(), nowNanos);
    if (known != null) {
      core.answerDuplicate(from, message, known);
    } else if (exchange == null) {
      core.reject(from, message.messageId(), Why.UNKNOWN_TOKEN);
    } else if (isUnprocessable(message)) {
      core.reject(from, message.messageId(), Why.CRITICAL_OPTION);
    } else {
      acknowledge(from, message.messageId(), nowNanos);
      if (!isLateNotification(exchange, message)) {
        deliver(exchange, readable(message), nowNanos);
      }
    }
  }

  /**
   * The gate comes even before what is remembered: whoever fills the memory with Message IDs must
   * not make a genuine response a copy of his. A copy of one that was accepted does not pass the
   * gate again, and is acknowledged again.
   */
  private void onGatedConfirmable(Outbound exchange, Peer from, Message message, long nowNanos) {
    Optional<Response> accepted = gated.accepted(exchange, message, nowNanos);
    Remembered known = core.dedup.find(from, message.messageId(), nowNanos);
    if (accepted.isPresent()) {
      if (known == null) {
        acknowledge(from, message.messageId(), nowNanos);
      } else {
        var unused = core.acknowledge(from, message.messageId());
      }
      deliver(exchange, accepted.get(), nowNanos);
    } else if (known != null) {
      core.answerDuplicate(from, message, known);
    }
  }

  private void onNonConfirmable(Peer from, Message message, long nowNanos) {
    Outbound exchange = open.find(from, message.token());
    if (exchange == null && message.options().has(OptionNumber.OBSERVE)) {
      core.reject(from, message.messageId(), Why.UNKNOWN_TOKEN); // RFC 7641, Section 3.6
    } else if (exchange == null) {
      core.ignored(from, Why.UNKNOWN_TOKEN);
    } else if (exchange.gate().isPresent()) {
      gated.accepted(exchange, message, nowNanos).ifPresent(r -> deliver(exchange, r, nowNanos));
    } else if (isUnprocessable(message)) {
      core.ignored(from, Why.CRITICAL_OPTION);
    } else if (!isLateNotification(exchange, message)) {
      deliver(exchange, readable(message), nowNanos);
    }
  }

  /** A protected response to a request that was not protected cannot be read by anyone here. */
  private boolean isUnprocessable(Message message) {
    return !core.unprocessable(message).isEmpty() || message.options().has(OptionNumber.OSCORE);
  }

  private void acknowledge(Peer from, int messageId, long nowNanos) {
    remember(from, messageId, core.acknowledge(from, messageId), nowNanos);
  }

  private void remember(Peer from, int messageId, Bytes acknowledgement, long nowNanos) {
    long lifetimeNanos = core.config.transmission().exchangeLifetimeNanos();
    Remembered entry = core.dedup.open(from, messageId, nowNanos + lifetimeNanos);
    if (entry != null) {
      core.dedup.conclude(entry, Retention.EVICTABLE, acknowledgement);
    }
  }

  private Response readable(Message received) {
    return GatedResponses.response(core.readable(received));
  }

  /** True for what was under way when the observation was cancelled under the same token. */
  private boolean isLateNotification(Outbound exchange, Message message) {
    boolean late =
        exchange.stage != Stage.OBSERVING
            && message.type() != MessageType.ACK
            && message.options().has(OptionNumber.OBSERVE)
            && observeValue(exchange) == 1;
    if (late) {
      core.ignored(exchange.peer(), Why.STALE_NOTIFICATION);
    }
    return late;
  }

  private void deliver(Outbound exchange, Response response, long nowNanos) {
    boolean sequenced = response.options().has(OptionNumber.OBSERVE);
    boolean verified = !GatedResponses.isUnverified(response);
    if (exchange.stage == Stage.OBSERVING) {
      onNotification(exchange, response, nowNanos);
    } else if (sequenced
        && verified
        && response.code().isSuccess()
        && observeValue(exchange) == 0) {
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
    if (exchange.gate().isEmpty()) { // which orders notifications by itself
      exchange.order = new NotificationOrder(first.options().observe().orElse(0), nowNanos);
    }
    core.outputs.add(new Output.Concluded(exchange, responded(exchange, first)));
  }

  /**
   * RFC 7641, Section 3.4: only what is newer counts; without Observe, or as an error, it is the
   * last. A part of a protected notification proves nothing, and is of no use without the rest.
   */
  private void onNotification(Outbound exchange, Response notification, long nowNanos) {
    if (GatedResponses.isUnverified(notification)) {
      core.ignored(exchange.peer(), Why.UNVERIFIED_RESPONSE);
      return;
    }
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
