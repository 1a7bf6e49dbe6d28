package dev.moat.endpoint.dtls;

import dev.moat.coap.service.Peer;
import java.net.InetSocketAddress;

/** A session and the name that the protocol above knows it by. Owned by {@link Associations}. */
final class Association {
  private final Peer peer;
  private final Session session;
  private InetSocketAddress address;
  private long lastUsedNanos;

  Association(Peer peer, Session session, long nowNanos) {
    this.peer = peer;
    this.session = session;
    this.address = session.address();
    this.lastUsedNanos = nowNanos;
  }

  Peer peer() {
    return peer;
  }

  Session session() {
    return session;
  }

  /** Where it is to be found in the table. */
  InetSocketAddress address() {
    return address;
  }

  void moved(InetSocketAddress to) {
    address = to;
  }

  /** A verified record came. */
  void touched(long nowNanos) {
    lastUsedNanos = nowNanos;
  }

  /** When a verified record last came, or the handshake completed. */
  long lastUsedNanos() {
    return lastUsedNanos;
  }
}
