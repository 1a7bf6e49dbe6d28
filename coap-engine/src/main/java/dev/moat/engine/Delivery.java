package dev.moat.engine;

import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Response;
import dev.moat.engine.EngineEvent.Why;
import dev.moat.engine.Outbound.Stage;
import dev.moat.engine.reliability.NotificationOrder;

/**
 * Hands a response that counts to its exchange: it concludes it, begins its observation, or is a
 * notification (RFC 7641, Section 3).
 */
final class Delivery {
  private final EngineCore core;
  private final OpenExchanges open;
  private final boolean overtaking;

  /** {@code overtaking} when a message may overtake one that was sent before. */
  Delivery(EngineCore core, OpenExchanges open, boolean overtaking) {
    this.core = core;
    this.open = open;
    this.overtaking = overtaking;
  }

  /** True for what was under way when the observation was cancelled under the same token. */
  boolean isLate(Outbound exchange, Message message) {
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

  void deliver(Outbound exchange, Response response, long nowNanos) {
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
    if (overtaking && exchange.gate().isEmpty()) { // which orders notifications by itself
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
