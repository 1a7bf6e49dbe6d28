package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import java.util.Optional;

/**
 * Requests of ours, as their callers see them: each gets a token that nothing else of this peer
 * uses (RFC 7252, Section 5.3.1), is sent or refused, and may be cancelled.
 */
final class ClientExchanges {
  private final EngineCore core;
  private final Transmissions transmissions;
  private final Tokens tokens;
  private final OpenExchanges open;

  private boolean closed;

  ClientExchanges(EngineCore core, Transmissions transmissions, OpenExchanges open) {
    this.core = core;
    this.transmissions = transmissions;
    this.open = open;
    this.tokens = new Tokens(core);
  }

  Outbound send(Request request, long nowNanos) {
    open.endFormer(request, nowNanos);
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
    Optional<Bytes> token = tokens.choose(request, remote.exchanges);
    if (token.isEmpty()) {
      return refused(request, Outcome.Cause.NOT_SENDABLE);
    }
    core.keepHouse(nowNanos);
    return begin(new Outbound(request, token.get()), remote, nowNanos);
  }

  void cancel(Outbound exchange, long nowNanos) {
    open.cancel(exchange, nowNanos);
  }

  void close(long nowNanos) {
    closed = true;
    open.endAll(open.all(), OpenExchanges.Ending.CLOSED, nowNanos);
  }

  /** Nothing comes from {@code peer} any more. */
  void onAssociationEnded(Peer peer, long nowNanos) {
    open.endAll(open.of(peer), OpenExchanges.Ending.lost(Optional.empty()), nowNanos);
  }

  int size() {
    return open.size();
  }

  private Outbound begin(Outbound exchange, Remote remote, long nowNanos) {
    boolean confirmable = exchange.request().reliability() == Reliability.CONFIRMABLE;
    Transmission transmission =
        new RequestTransmission(transmissions, remote, confirmable, exchange, open);
    exchange.transmission = transmission;
    open.add(exchange, remote.exchanges);
    if (!transmissions.start(transmission, nowNanos)) {
      open.undelivered(exchange, Outcome.Cause.QUEUE_FULL, nowNanos);
    }
    return exchange;
  }

  private Outbound refused(Request request, Outcome.Cause cause) {
    return open.refused(new Outcome.NotDelivered(request, cause));
  }
}
