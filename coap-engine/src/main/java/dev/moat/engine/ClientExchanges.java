package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.engine.Outbound.Stage;
import java.util.List;
import java.util.Optional;

/**
 * Requests of ours, as their callers see them: each gets a token that nothing else of this peer
 * uses (RFC 7252, Section 5.3.1), is sent or refused, and may be cancelled.
 */
final class ClientExchanges {
  private static final int TOKEN_TRIES = 8;

  private final EngineCore core;
  private final Transmissions transmissions;
  private final TokenSource tokens;
  private final OpenExchanges open;

  private boolean closed;

  ClientExchanges(EngineCore core, Transmissions transmissions, OpenExchanges open) {
    this.core = core;
    this.transmissions = transmissions;
    this.open = open;
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
          open.undelivered(exchange, Outcome.Cause.CANCELLED_UNSENT, nowNanos);
        } else {
          open.doubt(exchange, Outcome.Doubt.CANCELLED, nowNanos);
        }
      }
      case OBSERVING -> open.endNotifications(exchange, Notifications.End.CANCELLED);
      case OVER -> {}
    }
  }

  void close(long nowNanos) {
    closed = true;
    endAll(
        open.all(),
        new Ending(Outcome.Cause.CLOSED, Outcome.Doubt.CLOSED, Notifications.End.EVICTED),
        nowNanos);
  }

  /** Nothing comes from {@code peer} any more. */
  void onAssociationEnded(Peer peer, long nowNanos) {
    endAll(
        open.all().stream().filter(exchange -> exchange.peer().equals(peer)).toList(),
        new Ending(
            Outcome.Cause.NO_CONNECTION,
            Outcome.Doubt.CONNECTION_LOST,
            Notifications.End.CONNECTION_LOST),
        nowNanos);
  }

  private void endAll(List<Outbound> all, Ending how, long nowNanos) {
    for (Outbound exchange : all) {
      if (exchange.isUnsent()) { // first, lest the end of another sends it
        open.undelivered(exchange, how.unsent, nowNanos);
      }
    }
    for (Outbound exchange : all) {
      switch (exchange.stage) {
        case WAITING -> open.doubt(exchange, how.sent, nowNanos);
        case OBSERVING -> open.endNotifications(exchange, how.observing);
        case OVER -> {}
      }
    }
  }

  int size() {
    return open.size();
  }

  private Outbound begin(Outbound exchange, Remote remote, long nowNanos) {
    boolean confirmable = exchange.request().reliability() == Reliability.CONFIRMABLE;
    Transmission transmission =
        new RequestTransmission(transmissions, remote, confirmable, exchange, open);
    exchange.transmission = transmission;
    open.add(exchange, remote);
    if (!transmissions.start(transmission, nowNanos)) {
      open.undelivered(exchange, Outcome.Cause.QUEUE_FULL, nowNanos);
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

  /** What becomes of exchanges that end together. */
  private record Ending(Outcome.Cause unsent, Outcome.Doubt sent, Notifications.End observing) {}
}
