package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.engine.Outbound.Stage;
import dev.moat.engine.reliability.Deadline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests of ours that wait for a response, or for notifications, by peer and token: each
 * concludes exactly once (RFC 7252, Section 5.3).
 */
final class OpenExchanges {
  private final EngineCore core;
  private final Transmissions transmissions;

  /** Open exchanges in the order of their beginning. */
  private final Map<Outbound, Remote> open = new LinkedHashMap<>();

  /** Requests to groups, whose responses come from peers that nobody could know. */
  private final Map<Bytes, Outbound> toGroups = new LinkedHashMap<>();

  OpenExchanges(EngineCore core, Transmissions transmissions) {
    this.core = core;
    this.transmissions = transmissions;
  }

  void add(Outbound exchange, Remote remote) {
    open.put(exchange, remote);
    remote.exchanges.put(exchange.token(), exchange);
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

  /** The exchange that a response from this peer with this token belongs to; null for none. */
  @Nullable Outbound find(Peer from, Bytes token) {
    Remote remote = core.remotes.find(from);
    Outbound exchange = remote == null ? null : remote.exchanges.get(token);
    return exchange == null ? toGroups.get(token) : exchange;
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

  private void forget(Outbound exchange) {
    Remote remote = open.remove(exchange);
    if (remote != null) {
      remote.exchanges.remove(exchange.token(), exchange);
      toGroups.remove(exchange.token(), exchange);
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
