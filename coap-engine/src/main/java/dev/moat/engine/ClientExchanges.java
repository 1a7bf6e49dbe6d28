package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.EngineEvent.Why;
import dev.moat.engine.Outbound.Stage;
import dev.moat.engine.dedup.Remembered;
import dev.moat.engine.dedup.Retention;
import dev.moat.engine.reliability.Deadline;
import dev.moat.engine.reliability.NotificationOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requests of ours: each gets a token, is matched to its response by peer and token, and by Message
 * ID too when the response is piggybacked, and concludes exactly once (RFC 7252, Section 5.3.2).
 */
final class ClientExchanges {
  private static final int TOKEN_TRIES = 8;
  private static final long ALL_CLASSES = 2 | 8 | 16;

  private final EngineCore core;
  private final Transmissions transmissions;
  private final TokenSource tokens;

  /** Open exchanges in the order of their beginning. */
  private final Map<Outbound, Remote> open = new LinkedHashMap<>();

  /** Requests to groups, whose responses come from peers that nobody could know. */
  private final Map<Bytes, Outbound> toGroups = new LinkedHashMap<>();

  private boolean closed;

  ClientExchanges(EngineCore core, Transmissions transmissions) {
    this.core = core;
    this.transmissions = transmissions;
    this.tokens = core.config.tokens().create(core.random);
  }

  Outbound send(Request request, long nowNanos) {
    endFormer(request, nowNanos);
    if (closed) {
      return refused(request, Outcome.Cause.CLOSED);
    }
    boolean confirmable = request.reliability() == Reliability.CONFIRMABLE;
    if (confirmable && request.peer().isMulticast()) {
      return refused(request, Outcome.Cause.NOT_SENDABLE); // RFC 7252, Section 8.1
    }
    Remote remote =
        open.size() < core.config.limits().openExchanges()
            ? core.remotes.obtain(request.peer(), nowNanos)
            : null;
    if (remote == null) {
      return refused(request, Outcome.Cause.QUEUE_FULL);
    }
    Optional<Bytes> token = token(remote, request);
    if (token.isEmpty()) {
      return refused(request, Outcome.Cause.NOT_SENDABLE);
    }
    core.keepHouse(nowNanos);
    return begin(new Outbound(request, token.get()), remote, nowNanos);
  }

  void cancel(Outbound exchange, long nowNanos) {
    switch (exchange.stage) {
      case WAITING -> {
        if (exchange.isUnsent()) {
          undelivered(exchange, Outcome.Cause.CANCELLED_UNSENT, nowNanos);
        } else {
          doubt(exchange, Outcome.Doubt.CANCELLED, nowNanos);
        }
      }
      case OBSERVING -> endNotifications(exchange, Notifications.End.CANCELLED);
      case OVER -> {}
    }
  }

  void onResponse(Peer from, Message message, long nowNanos) {
    switch (message.type()) {
      case ACK -> onPiggybacked(from, message, nowNanos);
      case CON -> onConfirmable(from, message, nowNanos);
      case NON -> onNonConfirmable(from, message, nowNanos);
      case RST -> core.ignored(from, Why.CODE_CONTRADICTS_TYPE);
    }
  }

  void close(long nowNanos) {
    closed = true;
    Outbound[] all = open.keySet().toArray(new Outbound[0]);
    for (Outbound exchange : all) {
      if (exchange.isUnsent()) { // first, lest the end of another sends it
        undelivered(exchange, Outcome.Cause.CLOSED, nowNanos);
      }
    }
    for (Outbound exchange : all) {
      switch (exchange.stage) {
        case WAITING -> doubt(exchange, Outcome.Doubt.CLOSED, nowNanos);
        case OBSERVING -> endNotifications(exchange, Notifications.End.EVICTED);
        case OVER -> {}
      }
    }
  }

  int size() {
    return open.size();
  }

  private Outbound begin(Outbound exchange, Remote remote, long nowNanos) {
    Request request = exchange.request();
    boolean confirmable = request.reliability() == Reliability.CONFIRMABLE;
    Transmission transmission =
        new RequestTransmission(transmissions, remote, confirmable, exchange);
    exchange.transmission = transmission;
    open.put(exchange, remote);
    remote.exchanges.put(exchange.token(), exchange);
    if (request.peer().isMulticast()) {
      toGroups.put(exchange.token(), exchange);
    }
    if (!transmissions.start(transmission, nowNanos)) {
      undelivered(exchange, Outcome.Cause.QUEUE_FULL, nowNanos);
    }
    return exchange;
  }

  /** Ends the observation whose token this request takes over. */
  private void endFormer(Request request, long nowNanos) {
    Optional<Outbound> former = request.context().find(Outbound.SAME_TOKEN_AS);
    if (former.isPresent() && former.get().stage != Stage.OVER) {
      cancel(former.get(), nowNanos);
    }
  }

  private Outbound refused(Request request, Outcome.Cause cause) {
    Outbound exchange = new Outbound(request, Bytes.empty());
    exchange.stage = Stage.OVER;
    core.outputs.add(new Output.Concluded(exchange, new Outcome.NotDelivered(request, cause)));
    return exchange;
  }

  /**
   * A token that is not in use towards this peer (RFC 7252, Section 5.3.1; RFC 9175, Section 4.2).
   */
  private Optional<Bytes> token(Remote remote, Request request) {
    Optional<Outbound> former = request.context().find(Outbound.SAME_TOKEN_AS);
    if (former.isPresent()) {
      return Optional.of(former.get().token()).filter(t -> !remote.exchanges.containsKey(t));
    }
    for (int i = 0; i < TOKEN_TRIES; i++) {
      Bytes token = tokens.next(request);
      if (!remote.exchanges.containsKey(token)) {
        return Optional.of(token);
      }
    }
    return Optional.empty();
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
    Outbound exchange = find(from, message.token());
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
    Outbound exchange = find(from, message.token());
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

  private @Nullable Outbound find(Peer from, Bytes token) {
    Remote remote = core.remotes.find(from);
    Outbound exchange = remote == null ? null : remote.exchanges.get(token);
    return exchange == null ? toGroups.get(token) : exchange;
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
      conclude(exchange, responded(exchange, response), nowNanos);
    }
  }

  private void beginObservation(Outbound exchange, Response first, long nowNanos) {
    if (exchange.peer().isMulticast()) {
      conclude(exchange, responded(exchange, first), nowNanos);
      return;
    }
    stopWaiting(exchange, nowNanos, true);
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
      endNotifications(exchange, Notifications.End.RESOURCE_ENDED);
    }
  }

  private static long observeValue(Outbound exchange) {
    return exchange.request().options().observe().orElse(-1);
  }

  private static Outcome responded(Outbound exchange, Response response) {
    return new Outcome.Responded(exchange.request(), Reply.of(response));
  }

  private void undelivered(Outbound exchange, Outcome.Cause cause, long nowNanos) {
    conclude(exchange, new Outcome.NotDelivered(exchange.request(), cause), nowNanos);
  }

  private void doubt(Outbound exchange, Outcome.Doubt doubt, long nowNanos) {
    conclude(exchange, new Outcome.Unknown(exchange.request(), doubt), nowNanos);
  }

  private void conclude(Outbound exchange, Outcome outcome, long nowNanos) {
    if (exchange.stage == Stage.OVER) {
      return;
    }
    exchange.stage = Stage.OVER;
    forget(exchange);
    core.outputs.add(new Output.Concluded(exchange, outcome));
    stopWaiting(exchange, nowNanos, outcome instanceof Outcome.Responded);
  }

  private void endNotifications(Outbound exchange, Notifications.End reason) {
    exchange.stage = Stage.OVER;
    forget(exchange);
    core.outputs.add(new Output.NotificationsEnded(exchange, reason));
  }

  private void forget(Outbound exchange) {
    Remote remote = open.remove(exchange);
    if (remote != null) {
      remote.exchanges.remove(exchange.token(), exchange);
      toGroups.remove(exchange.token(), exchange);
    }
  }

  private void stopWaiting(Outbound exchange, long nowNanos, boolean heard) {
    if (exchange.responseTimer != null) {
      core.deadlines.clear(exchange.responseTimer);
    }
    Transmission transmission = exchange.transmission;
    if (transmission == null) {
      return;
    }
    if (heard) {
      transmissions.finish(transmission, nowNanos);
    } else {
      transmissions.abandon(transmission, nowNanos);
    }
  }

  private void awaitResponse(Outbound exchange, long nowNanos) {
    Deadline timer = new ResponseTimer(exchange);
    exchange.responseTimer = timer;
    core.deadlines.set(timer, nowNanos + core.config.responseTimeoutNanos());
  }

  private final class ResponseTimer extends Deadline {
    private final Outbound exchange;

    private ResponseTimer(Outbound exchange) {
      this.exchange = exchange;
    }

    @Override
    protected void expired(long nowNanos) {
      doubt(exchange, Outcome.Doubt.NO_RESPONSE, nowNanos);
    }
  }

  private final class RequestTransmission extends Transmission {
    private final Outbound exchange;

    private RequestTransmission(
        Transmissions owner, Remote remote, boolean confirmable, Outbound exchange) {
      super(owner, remote, confirmable);
      this.exchange = exchange;
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
      // RFC 7967, Section 2.1: with all classes of response suppressed there is nothing to wait
      // for.
      long suppressed = exchange.request().options().uint(OptionNumber.NO_RESPONSE).orElse(0);
      if ((suppressed & ALL_CLASSES) == ALL_CLASSES) {
        doubt(exchange, Outcome.Doubt.NO_RESPONSE, nowNanos);
      } else {
        awaitResponse(exchange, nowNanos);
      }
    }

    @Override
    void acknowledged(long nowNanos) {
      awaitResponse(exchange, nowNanos);
    }

    @Override
    void rejected(long nowNanos) {
      // Only when one copy was sent does the Reset speak for all of them. It carries no token, and
      // Message IDs come again: without security whoever held an older Reset back, or tries 65,536
      // of them, would make the client sure of something false.
      if (copies == 1 && exchange.peer().association() != 0) {
        undelivered(exchange, Outcome.Cause.RESET, nowNanos);
      } else {
        doubt(exchange, Outcome.Doubt.RESET_WITHOUT_PROOF, nowNanos);
      }
    }

    @Override
    void gaveUp(long nowNanos) {
      doubt(exchange, Outcome.Doubt.NO_ACKNOWLEDGEMENT, nowNanos);
    }

    @Override
    void unsendable(Outcome.Cause cause, long nowNanos) {
      undelivered(exchange, cause, nowNanos);
    }
  }
}
