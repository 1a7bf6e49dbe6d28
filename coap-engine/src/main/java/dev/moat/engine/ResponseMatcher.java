package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Response;
import dev.moat.engine.EngineEvent.Why;
import dev.moat.engine.dedup.Remembered;
import dev.moat.engine.dedup.Retention;
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
  private final Delivery delivery;

  ResponseMatcher(EngineCore core, Transmissions transmissions, OpenExchanges open) {
    this.core = core;
    this.transmissions = transmissions;
    this.open = open;
    this.gated = new GatedResponses(core, open);
    this.delivery = new Delivery(core, open, true);
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
      gated
          .accepted(exchange, message, nowNanos)
          .ifPresent(r -> delivery.deliver(exchange, r, nowNanos));
    } else if (isUnprocessable(message)) {
      core.ignored(from, Why.CRITICAL_OPTION);
    } else if (!delivery.isLate(exchange, message)) {
      delivery.deliver(exchange, readable(message), nowNanos);
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
      if (!delivery.isLate(exchange, message)) {
        delivery.deliver(exchange, readable(message), nowNanos);
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
      delivery.deliver(exchange, accepted.get(), nowNanos);
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
      gated
          .accepted(exchange, message, nowNanos)
          .ifPresent(r -> delivery.deliver(exchange, r, nowNanos));
    } else if (isUnprocessable(message)) {
      core.ignored(from, Why.CRITICAL_OPTION);
    } else if (!delivery.isLate(exchange, message)) {
      delivery.deliver(exchange, readable(message), nowNanos);
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
}
