package dev.moat.engine;

import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import java.util.LinkedHashSet;
import java.util.Set;

/** Pings of ours: confirmable Empty messages, answered by Reset (RFC 7252, Section 4.3). */
final class Pings {
  private final EngineCore core;
  private final Transmissions transmissions;
  private final Set<Ping> open = new LinkedHashSet<>();
  private boolean closed;

  Pings(EngineCore core, Transmissions transmissions) {
    this.core = core;
    this.transmissions = transmissions;
  }

  Ping send(Peer peer, long nowNanos) {
    Ping ping = new Ping(peer);
    open.add(ping);
    Remote remote = isAllowed(peer) ? core.remotes.obtain(peer, nowNanos) : null;
    if (remote == null) {
      lost(ping);
      return ping;
    }
    core.keepHouse(nowNanos);
    if (!transmissions.start(new PingTransmission(transmissions, remote, ping), nowNanos)) {
      lost(ping);
    }
    return ping;
  }

  void close() {
    closed = true;
    for (Ping ping : open.toArray(new Ping[0])) {
      lost(ping);
    }
  }

  private boolean isAllowed(Peer peer) {
    return !closed && !peer.isMulticast() && open.size() <= core.config.limits().openExchanges();
  }

  private void lost(Ping ping) {
    if (open.remove(ping)) {
      core.outputs.add(new Output.PingLost(ping));
    }
  }

  private final class PingTransmission extends Transmission {
    private final Ping ping;

    private PingTransmission(Transmissions owner, Remote remote, Ping ping) {
      super(owner, remote, true);
      this.ping = ping;
    }

    @Override
    Message message(int withId) {
      return Message.empty(MessageType.CON, withId);
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
    void acknowledged(long nowNanos) {
      rejected(nowNanos); // not what the RFC says, but a sign of life
    }

    @Override
    void rejected(long nowNanos) {
      if (open.remove(ping)) {
        core.outputs.add(new Output.Pong(ping, nowNanos - firstSentNanos));
      }
    }

    @Override
    void gaveUp(long nowNanos) {
      lost(ping);
    }

    @Override
    void unsendable(Outcome.Cause cause, long nowNanos) {
      lost(ping);
    }
  }
}
