package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;

/** A request of ours. */
public final class Outbound {
  private final Peer peer;
  private final Bytes token;

  Outbound(Peer peer, Bytes token) {
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
