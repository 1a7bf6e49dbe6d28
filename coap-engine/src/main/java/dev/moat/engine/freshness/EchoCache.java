package dev.moat.engine.freshness;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest Echo value of each peer. Keyed by {@link Peer}, hence by security association: a value
 * goes back only to the endpoint that it came from (RFC 9175, Section 2.3). Owned by one event
 * loop; bounded in number and age.
 */
final class EchoCache {
  private final int capacity;
  private final long lifetimeNanos;
  private final Map<Peer, Remembered> newest = new LinkedHashMap<>();

  EchoCache(int capacity, long lifetimeNanos) {
    this.capacity = capacity;
    this.lifetimeNanos = lifetimeNanos;
  }

  void remember(Peer peer, Bytes value, long nowNanos) {
    newest.remove(peer);
    if (newest.size() >= capacity) {
      // Oldest first: entries are re-inserted whenever they change.
      newest.remove(newest.keySet().iterator().next());
    }
    newest.put(peer, new Remembered(value.compact(), nowNanos));
  }

  Optional<Bytes> find(Peer peer, long nowNanos) {
    @Nullable Remembered found = newest.get(peer);
    if (found == null) {
      return Optional.empty();
    }
    if (nowNanos - found.sinceNanos() >= lifetimeNanos) {
      newest.remove(peer);
      return Optional.empty();
    }
    return Optional.of(found.value());
  }

  int size() {
    return newest.size();
  }

  private record Remembered(Bytes value, long sinceNanos) {}
}
