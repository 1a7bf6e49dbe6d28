package dev.moat.engine.table;

import dev.moat.coap.service.Peer;
import org.jspecify.annotations.Nullable;

/** What a {@link PeerTable} keeps for one peer; the links are part of the entry to spare memory. */
public abstract class PeerEntry {
  final Peer peer;
  int hash;
  @Nullable PeerEntry bucketNext;
  @Nullable PeerEntry older;
  @Nullable PeerEntry newer;

  /** An entry for {@code peer}, in no table yet. */
  protected PeerEntry(Peer peer) {
    this.peer = peer;
  }

  /** Whose entry this is. */
  public final Peer peer() {
    return peer;
  }

  /** The keyed hash that the table gave this entry. */
  public final int keyedHash() {
    return hash;
  }
}
