package dev.moat.endpoint.stream;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may connect: so many at once, and so many of one address. When there is no room, the oldest
 * that has not got as far as CoAP makes room; when all have, the newest is turned away. Nobody who
 * has shown that it speaks CoAP is put out by somebody who has not.
 *
 * <p>Every operation takes constant time. Owned by one loop.
 *
 * @param <C> a connection, by identity or equality that does not change
 */
final class Admission<C> {
  private static final int IPV6_PREFIX_OCTETS = 8;

  private final int total;
  private final int perAddress;
  private final Map<C, Place<C>> placeOf = new HashMap<>();
  private final Map<Object, Place<C>> places = new HashMap<>();
  private final Set<C> newcomers = new LinkedHashSet<>();

  Admission(int total, int perAddress) {
    this.total = total;
    this.perAddress = perAddress;
  }

  /** Takes {@code connection} in, says who has to go for it, or turns it away. */
  Answer<C> ask(C connection, InetAddress from) {
    Object key = keyOf(from);
    Place<C> place = places.getOrDefault(key, new Place<>(key));
    Set<C> candidates = Set.of();
    String limit = "";
    if (place.count >= perAddress) {
      candidates = place.newcomers;
      limit = "already " + perAddress + " connections of its address";
    } else if (placeOf.size() >= total) {
      candidates = newcomers;
      limit = "already " + total + " connections";
    }
    if (!limit.isEmpty() && candidates.isEmpty()) {
      return new Answer<>(Optional.empty(), Optional.of(limit));
    }
    Optional<C> evicted = candidates.stream().findFirst();
    evicted.ifPresent(this::left);
    admit(connection, key);
    return new Answer<>(evicted, Optional.empty());
  }

  /** The connection speaks CoAP and is not put out any more. */
  void established(C connection) {
    Place<C> place = placeOf.get(connection);
    if (place != null && newcomers.remove(connection)) {
      boolean unused = place.newcomers.remove(connection);
    }
  }

  /** The connection is gone; may be said more than once. */
  void left(C connection) {
    Place<C> place = placeOf.remove(connection);
    if (place == null) {
      return;
    }
    boolean unused = newcomers.remove(connection) && place.newcomers.remove(connection);
    place.count--;
    if (place.count == 0) {
      places.remove(place.key);
    }
  }

  /** How many are in. */
  int size() {
    return placeOf.size();
  }

  private void admit(C connection, Object key) {
    Place<C> place = places.computeIfAbsent(key, Place::new);
    place.count++;
    boolean unused = place.newcomers.add(connection) && newcomers.add(connection);
    placeOf.put(connection, place);
  }

  /** An IPv4 address, or the prefix that one IPv6 subscriber has (RFC 6177). */
  private static Object keyOf(InetAddress from) {
    byte[] octets = from.getAddress();
    int length = from instanceof Inet6Address ? IPV6_PREFIX_OCTETS : octets.length;
    return ByteBuffer.wrap(Arrays.copyOf(octets, length));
  }

  /**
   * What became of a newcomer.
   *
   * @param evicted who has to be closed to make room
   * @param refusal why the newcomer itself has to go, for people
   */
  record Answer<C>(Optional<C> evicted, Optional<String> refusal) {}

  private static final class Place<C> {
    private final Object key;
    private final Set<C> newcomers = new LinkedHashSet<>();
    private int count;

    Place(Object key) {
      this.key = key;
    }
  }
}
