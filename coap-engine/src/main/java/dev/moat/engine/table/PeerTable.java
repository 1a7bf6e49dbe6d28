package dev.moat.engine.table;

import dev.moat.coap.service.Peer;
import org.jspecify.annotations.Nullable;

/**
 * Entries by peer, in order of use. Owned by one event loop; bounds are the owner's business.
 *
 * <p>The hash is keyed: without the seed nobody can choose addresses that share a bucket.
 *
 * @param <E> the entries' type
 */
public final class PeerTable<E extends PeerEntry> {
  private static final int INITIAL_BUCKETS = 64;

  private final long seed;
  private @Nullable PeerEntry[] buckets = new @Nullable PeerEntry[INITIAL_BUCKETS];
  private @Nullable PeerEntry oldest;
  private @Nullable PeerEntry newest;
  private int size;

  /** An empty table; {@code seed} must be unpredictable. */
  public PeerTable(long seed) {
    this.seed = seed;
  }

  /** The entry of {@code peer}, or null. Does not count as use. */
  @SuppressWarnings("unchecked") // add() takes nothing but E
  public @Nullable E find(Peer peer) {
    int hash = hash(peer);
    for (PeerEntry e = buckets[hash & (buckets.length - 1)]; e != null; e = e.bucketNext) {
      if (e.hash == hash && e.peer.equals(peer)) {
        return (E) e;
      }
    }
    return null;
  }

  /** Adds an entry, whose peer must not be present, as the newest. */
  public void add(E entry) {
    if (size >= buckets.length) {
      grow();
    }
    entry.hash = hash(entry.peer);
    linkBucket(entry);
    linkNewest(entry);
    size++;
  }

  /** Removes an entry of this table. */
  public void remove(E entry) {
    unlinkBucket(entry);
    unlinkOrder(entry);
    size--;
  }

  /** Makes an entry of this table the newest. */
  public void touch(E entry) {
    if (newest != entry) {
      unlinkOrder(entry);
      linkNewest(entry);
    }
  }

  /** The entry used longest ago, or null. */
  @SuppressWarnings("unchecked") // add() takes nothing but E
  public @Nullable E oldest() {
    return (E) oldest;
  }

  /** Number of entries. */
  public int size() {
    return size;
  }

  private int hash(Peer peer) {
    long mixed = mix(peer.high() ^ seed);
    mixed = mix(mixed + peer.low());
    mixed = mix(mixed ^ peer.association() ^ ((long) peer.scopeId() << 32));
    mixed = mix(mixed + peer.port() + seed);
    return (int) (mixed >>> 32);
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 32)) * 0x9E37_79B9_7F4A_7C15L;
    return mixed ^ (mixed >>> 29);
  }

  private void linkBucket(PeerEntry entry) {
    int bucket = entry.hash & (buckets.length - 1);
    entry.bucketNext = buckets[bucket];
    buckets[bucket] = entry;
  }

  private void unlinkBucket(PeerEntry entry) {
    int bucket = entry.hash & (buckets.length - 1);
    PeerEntry before = buckets[bucket];
    if (before == entry) {
      buckets[bucket] = entry.bucketNext;
      return;
    }
    while (before != null && before.bucketNext != entry) {
      before = before.bucketNext;
    }
    if (before == null) {
      throw new IllegalStateException("this entry is not in this table");
    }
    before.bucketNext = entry.bucketNext;
  }

  private void linkNewest(PeerEntry entry) {
    entry.older = newest;
    entry.newer = null;
    if (newest == null) {
      oldest = entry;
    } else {
      newest.newer = entry;
    }
    newest = entry;
  }

  private void unlinkOrder(PeerEntry entry) {
    if (entry.older == null) {
      oldest = entry.newer;
    } else {
      entry.older.newer = entry.newer;
    }
    if (entry.newer == null) {
      newest = entry.older;
    } else {
      entry.newer.older = entry.older;
    }
  }

  private void grow() {
    buckets = new @Nullable PeerEntry[2 * buckets.length];
    for (PeerEntry e = oldest; e != null; e = e.newer) {
      linkBucket(e);
    }
  }
}
