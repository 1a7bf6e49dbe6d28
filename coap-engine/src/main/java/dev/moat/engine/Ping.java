package dev.moat.engine;

import dev.moat.coap.service.Peer;

/**
 * A confirmable Empty message of ours, sent to see whether a peer is there (RFC 7252, Section 4.3).
 * Opaque; owned by its engine.
 */
public final class Ping {
  private final Peer peer;

  Ping(Peer peer) {
    this.peer = peer;
  }

  /** Whom it goes to. */
  public Peer peer() {
    return peer;
  }
}
