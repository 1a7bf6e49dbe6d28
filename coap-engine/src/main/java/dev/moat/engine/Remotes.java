package dev.moat.engine;

import dev.moat.bytes.RandomSource;
import dev.moat.coap.service.Peer;
import dev.moat.engine.table.PeerTable;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Remote}s of one engine, bounded. One that is idle is forgotten when its Message IDs
 * are free again, or earlier when room is needed; Message IDs then start anew at an unpredictable
 * place, so that they repeat only by chance.
 */
final class Remotes {
  private static final int TRIES = 8;

  private final int capacity;
  private final long lifetimeNanos;
  private final RandomSource random;
  private final PeerTable<Remote> table;

  Remotes(int capacity, long lifetimeNanos, RandomSource random) {
    this.capacity = capacity;
    this.lifetimeNanos = lifetimeNanos;
    this.random = random;
    table = new PeerTable<>(random.positiveLong());
  }

  @Nullable Remote find(Peer peer) {
    return table.find(peer);
  }

  /** The remote of {@code peer}; null when too many others are busy. */
  @Nullable Remote obtain(Peer peer, long nowNanos) {
    Remote remote = table.find(peer);
    if (remote == null) {
      if (table.size() >= capacity && !makeRoom()) {
        return null;
      }
      remote = new Remote(peer, random);
      table.add(remote);
    } else {
      table.touch(remote);
    }
    remote.lastUseNanos = nowNanos;
    return remote;
  }

  /** The peer's association is over: its Message IDs are never used again. */
  void forget(Remote remote) {
    if (remote.isIdle()) {
      table.remove(remote);
    }
  }

  void sweep(long nowNanos) {
    for (int i = table.size(); i > 0; i--) {
      Remote oldest = table.oldest();
      if (oldest == null || nowNanos - oldest.lastUseNanos < lifetimeNanos) {
        return;
      }
      if (oldest.isIdle()) {
        table.remove(oldest);
      } else {
        oldest.lastUseNanos = nowNanos;
        table.touch(oldest);
      }
    }
  }

  int size() {
    return table.size();
  }

  private boolean makeRoom() {
    for (int i = 0; i < TRIES; i++) {
      Remote oldest = table.oldest();
      if (oldest != null && oldest.isIdle()) {
        table.remove(oldest);
        return true;
      }
      if (oldest != null) {
        table.touch(oldest);
      }
    }
    return false;
  }
}
