package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.engine.Outbound.Stage;
import dev.moat.engine.reliability.Deadline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requests of ours that wait for a response, or for notifications, by peer and token: each
 * concludes exactly once (RFC 7252, Section 5.3).
 */
final class OpenExchanges {
  private final EngineCore core;
  private final Carriage carriage;

  /** Open exchanges in the order of their beginning, each with those of its peer, by token. */
  private final Map<Outbound, Map<Bytes, Outbound>> open = new LinkedHashMap<>();

  /** Requests to groups, whose responses come from peers that nobody could know. */
  private final Map<Bytes, Outbound> toGroups = new LinkedHashMap<>();

  OpenExchanges(EngineCore core, Carriage carriage) {
    this.core = core;
    this.carriage = carriage;
  }

  void add(Outbound exchange, Map<Bytes, Outbound> ofPeer) {
    open.put(exchange, ofPeer);
    ofPeer.put(exchange.token(), exchange);
    if (exchange.peer().isMulticast()) {
      toGroups.put(exchange.token(), exchange);
    }
  }

  int size() {
    return open.size();
  }

  /** Those that are open now, in the order of their beginning. */
  List<Outbound> all() {
    return List.copyOf(open.keySet());
  }

  /** Those with {@code peer}. For datagrams. */
  List<Outbound> of(Peer peer) {
    Remote remote = core.remotes.find(peer);
    return remote == null ? List.of() : List.copyOf(remote.exchanges.values());
  }

  /**
   * The exchange that a response from this peer with this token belongs to; null for none. For
   * datagrams.
   */
  @Nullable Outbound find(Peer from, Bytes token) {
    Remote remote = core.remotes.find(from);
    Outbound exchange = remote == null ? null : remote.exchanges.get(token);
    return exchange == null ? toGroups.get(token) : exchange;
  }

  /** Ends the observation whose token this request takes over. */
  void endFormer(Request request, long nowNanos) {
    Optional<Outbound> former = request.context().find(Outbound.SAME_TOKEN_AS);
    if (former.isPresent() && former.get().stage != Stage.OVER) {
      cancel(former.get(), nowNanos);
    }
  }

  /** Concludes a request that nothing is done for. */
  Outbound refused(Outcome.NotDelivered outcome) {
    Outbound exchange = new Outbound(outcome.request(), Bytes.empty());
    exchange.stage = Stage.OVER;
    core.outputs.add(new Output.Concluded(exchange, outcome));
    return exchange;
  }

  /** Gives an exchange up, for its caller. */
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

  /** Ends what is open of {@code all}. */
  void endAll(List<Outbound> all, Ending how, long nowNanos) {
    for (Outbound exchange : all) {
      if (exchange.isUnsent()) { // first, lest the end of another sends it
        Outcome.NotDelivered undelivered =
            new Outcome.NotDelivered(exchange.request(), how.unsent, how.reason);
        conclude(exchange, undelivered, nowNanos);
      }
    }
    for (Outbound exchange : all) {
      switch (exchange.stage) {
        case WAITING -> doubt(exchange, how.sent, nowNanos);
        case OBSERVING -> endNotifications(exchange, how.observing);
        case OVER -> {}
      }
    }
  }

  void undelivered(Outbound exchange, Outcome.Cause cause, long nowNanos) {
    conclude(exchange, new Outcome.NotDelivered(exchange.request(), cause), nowNanos);
  }

  void doubt(Outbound exchange, Outcome.Doubt doubt, long nowNanos) {
    conclude(exchange, new Outcome.Unknown(exchange.request(), doubt), nowNanos);
  }

  void conclude(Outbound exchange, Outcome outcome, long nowNanos) {
    if (exchange.stage == Stage.OVER) {
      return;
    }
    exchange.stage = Stage.OVER;
    forget(exchange);
    core.outputs.add(new Output.Concluded(exchange, outcome));
    stopWaiting(exchange, nowNanos, outcome instanceof Outcome.Responded);
  }

  void endNotifications(Outbound exchange, Notifications.End reason) {
    exchange.stage = Stage.OVER;
    forget(exchange);
    core.outputs.add(new Output.NotificationsEnded(exchange, reason));
  }

  /** The request is not sent again: from now on its response is awaited, but not for ever. */
  void awaitResponse(Outbound exchange, long nowNanos) {
    Deadline timer = new ResponseTimer(exchange);
    exchange.responseTimer = timer;
    core.deadlines.set(timer, nowNanos + core.config.responseTimeoutNanos());
  }

  /** Ends what is done for a response; {@code heard} when the peer has answered. */
  void stopWaiting(Outbound exchange, long nowNanos, boolean heard) {
    if (exchange.responseTimer != null) {
      core.deadlines.clear(exchange.responseTimer);
    }
    if (exchange.grace != null) {
      core.deadlines.clear(exchange.grace);
    }
    carriage.end(exchange, heard, nowNanos);
  }

  private void forget(Outbound exchange) {
    Map<Bytes, Outbound> ofPeer = open.remove(exchange);
    if (ofPeer != null) {
      ofPeer.remove(exchange.token(), exchange);
      toGroups.remove(exchange.token(), exchange);
    }
  }

  /** What gets requests across. */
  @FunctionalInterface
  interface Carriage {
    /** Nothing more is to be done for this request; {@code heard} when the peer has answered. */
    void end(Outbound exchange, boolean heard, long nowNanos);
  }

  /**
   * What becomes of exchanges that end together.
   *
   * @param reason in words, where there is more to say than the cause
   */
  record Ending(
      Outcome.Cause unsent,
      Outcome.Doubt sent,
      Notifications.End observing,
      Optional<String> reason) {
    /** The endpoint closes. */
    static final Ending CLOSED =
        new Ending(
            Outcome.Cause.CLOSED,
            Outcome.Doubt.CLOSED,
            Notifications.End.EVICTED,
            Optional.empty());

    /** The connection or association is gone. */
    static Ending lost(Optional<String> reason) {
      return new Ending(
          Outcome.Cause.NO_CONNECTION,
          Outcome.Doubt.CONNECTION_LOST,
          Notifications.End.CONNECTION_LOST,
          reason);
    }
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
}
