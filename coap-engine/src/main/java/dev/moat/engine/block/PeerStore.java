package dev.moat.engine.block;

import dev.moat.coap.service.Peer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A table of values by {@link BlockKey}, bounded in number and octets, in total and per address,
 * and in age.
 *
 * <p>An address is counted whatever its ports and associations, since a host has ports enough to
 * take everything. At an address's limit the oldest value of the same peer goes, else the oldest of
 * the address; a newcomer whose address is unproven, perhaps forged, displaces nothing of other
 * peers that was proven. At the total limit the oldest value of an unproven address goes first.
 */
final class PeerStore<V> {
  private final StoreLimits limits;
  private final boolean evictsProven;

  /** From the longest unused to the newest. */
  private final LinkedHashMap<BlockKey, Entry<V>> entries = new LinkedHashMap<>();

  private final Map<Peer, Use> usesByAddress = new HashMap<>();
  private long octets;

  /**
   * {@code evictsProven}: at the total limit also values of proven addresses may go, else the new
   * one is refused.
   */
  PeerStore(StoreLimits limits, boolean evictsProven) {
    this.limits = limits;
    this.evictsProven = evictsProven;
  }

  int size() {
    return entries.size();
  }

  long octets() {
    return octets;
  }

  /** The value of {@code key}, which ages on. */
  Optional<V> find(BlockKey key, long nowNanos) {
    expire(nowNanos);
    return Optional.ofNullable(entries.get(key)).map(Entry::value);
  }

  /** The value of {@code key}, which counts as used now. */
  Optional<V> use(BlockKey key, long nowNanos) {
    expire(nowNanos);
    @Nullable Entry<V> entry = entries.remove(key);
    if (entry == null) {
      return Optional.empty();
    }
    entries.put(key, entry.usedAt(nowNanos));
    return Optional.of(entry.value());
  }

  /** Keeps {@code value} in place of an older one; false when there is no room for it. */
  boolean put(BlockKey key, Entry<V> entry) {
    remove(key);
    expire(entry.usedNanos());
    if (!makeRoom(key, entry.proven(), 1, entry.octets())) {
      return false;
    }
    entries.put(key, entry);
    account(key.peer(), 1, entry.octets());
    return true;
  }

  /**
   * Counts {@code more} octets for the value of {@code key}; false when there is no room for them.
   */
  boolean grow(BlockKey key, int more) {
    @Nullable Entry<V> entry = entries.get(key);
    if (entry == null || !makeRoom(key, entry.proven(), 0, more)) {
      return false;
    }
    entries.put(key, entry.grown(more));
    account(key.peer(), 0, more);
    return true;
  }

  void remove(BlockKey key) {
    @Nullable Entry<V> entry = entries.remove(key);
    if (entry != null) {
      account(key.peer(), -1, -entry.octets());
    }
  }

  /** The keys of one peer, oldest first. */
  List<BlockKey> keysOf(Peer peer, long nowNanos) {
    expire(nowNanos);
    if (!usesByAddress.containsKey(address(peer))) {
      return List.of();
    }
    List<BlockKey> keys = new ArrayList<>();
    for (BlockKey key : entries.keySet()) {
      if (key.peer().equals(peer)) {
        keys.add(key);
      }
    }
    return keys;
  }

  /** When {@code key} would be forgotten, if it is not used again. */
  long expiryNanos(BlockKey key) {
    @Nullable Entry<V> entry = entries.get(key);
    return (entry == null ? 0 : entry.usedNanos()) + limits.lifetimeNanos();
  }

  private void expire(long nowNanos) {
    Iterator<Map.Entry<BlockKey, Entry<V>>> oldest = entries.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<BlockKey, Entry<V>> next = oldest.next();
      if (nowNanos - next.getValue().usedNanos() < limits.lifetimeNanos()) {
        return;
      }
      oldest.remove();
      account(next.getKey().peer(), -1, -next.getValue().octets());
    }
  }

  private boolean makeRoom(BlockKey keep, boolean proven, int number, int size) {
    Peer address = address(keep.peer());
    while (exceedsAddressLimit(usesByAddress.getOrDefault(address, Use.NONE), number, size)) {
      boolean removed =
          evictOldest(keep, candidate -> candidate.getKey().peer().equals(keep.peer()))
              || evictOldest(
                  keep,
                  candidate ->
                      address(candidate.getKey().peer()).equals(address)
                          && (proven || !candidate.getValue().proven()));
      if (!removed) {
        return false;
      }
    }
    while (entries.size() + number > limits.entries() || octets + size > limits.octets()) {
      if (!evictOldest(keep, this::mayBeEvicted)) {
        return false;
      }
    }
    return true;
  }

  private boolean exceedsAddressLimit(Use use, int number, int size) {
    return use.number() + number > limits.entriesPerAddress()
        || use.octets() + size > limits.octetsPerAddress();
  }

  /** Removes the oldest value that may go; never {@code keep}. */
  private boolean evictOldest(BlockKey keep, Predicate<Map.Entry<BlockKey, Entry<V>>> mayGo) {
    for (Map.Entry<BlockKey, Entry<V>> candidate : entries.entrySet()) {
      if (!candidate.getKey().equals(keep) && mayGo.test(candidate)) {
        remove(candidate.getKey());
        return true;
      }
    }
    return false;
  }

  private boolean mayBeEvicted(Map.Entry<BlockKey, Entry<V>> candidate) {
    return evictsProven || !candidate.getValue().proven();
  }

  private void account(Peer peer, int number, long size) {
    octets += size;
    Peer address = address(peer);
    Use use = usesByAddress.getOrDefault(address, Use.NONE);
    Use changed = new Use(use.number() + number, use.octets() + size);
    if (changed.number() == 0) {
      usesByAddress.remove(address);
    } else {
      usesByAddress.put(address, changed);
    }
  }

  private static Peer address(Peer peer) {
    return new Peer(peer.high(), peer.low(), 0, peer.scopeId(), 0);
  }

  /**
   * A value, what it counts for, whether its peer's address was proven, and when it was last used.
   */
  record Entry<V>(V value, int octets, boolean proven, long usedNanos) {
    Entry<V> usedAt(long nowNanos) {
      return new Entry<>(value, octets, proven, nowNanos);
    }

    Entry<V> grown(int more) {
      return new Entry<>(value, octets + more, proven, usedNanos);
    }
  }

  private record Use(int number, long octets) {
    private static final Use NONE = new Use(0, 0);
  }
}
