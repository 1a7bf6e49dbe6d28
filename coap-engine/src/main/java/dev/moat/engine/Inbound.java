package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;

/** A request that arrived here. */
public final class Inbound {
  private final Peer peer;
  private final Bytes token;

  Inbound(Peer peer, Bytes token) {
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
