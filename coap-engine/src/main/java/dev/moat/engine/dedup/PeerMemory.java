package dev.moat.engine.dedup;

import dev.moat.coap.service.Peer;
import dev.moat.engine.table.PeerEntry;
import org.jspecify.annotations.Nullable;

/** What one peer takes of a {@link DedupTable}, and its evictable messages, oldest first. */
final class PeerMemory extends PeerEntry {
  /** This object, its Peer, and its place in the table. */
  static final int OCTETS = 120;

  int entries;
  long octets = OCTETS;
  @Nullable Remembered oldest;
  @Nullable Remembered newest;

  PeerMemory(Peer peer) {
    super(peer);
  }

  void append(Remembered entry) {
    entry.peerOlder = newest;
    if (newest == null) {
      oldest = entry;
    } else {
      newest.peerNewer = entry;
    }
    newest = entry;
  }

  void unlink(Remembered entry) {
    if (entry.peerOlder == null) {
      oldest = entry.peerNewer;
    } else {
      entry.peerOlder.peerNewer = entry.peerNewer;
    }
    if (entry.peerNewer == null) {
      newest = entry.peerOlder;
    } else {
      entry.peerNewer.peerOlder = entry.peerOlder;
    }
    entry.peerOlder = null;
    entry.peerNewer = null;
  }
}
