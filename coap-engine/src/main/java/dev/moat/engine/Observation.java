package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;

/** An observation relation that a peer holds here (RFC 7641). */
public final class Observation {
  private final Peer peer;
  private final Bytes token;

  Observation(Peer peer, Bytes token) {
    this.peer = peer;
    this.token = token;
  }

  /** The other endpoint. */
  public Peer peer() {
    return peer;
  }

  /** The token. */
  public Bytes token() {
    return token;
  }
}
