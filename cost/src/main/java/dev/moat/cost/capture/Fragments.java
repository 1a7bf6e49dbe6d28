package dev.moat.cost.capture;

import dev.moat.bytes.ByteWriter;
import dev.moat.bytes.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts fragments of IP datagrams together. Parts that overlap otherwise than as copies discard the
 * datagram (RFC 8200, Section 4.5; RFC 5722). At most {@link #MAX_PENDING} datagrams wait for
 * parts, the oldest gives way.
 */
final class Fragments {
  /** Datagrams that wait for parts. */
  static final int MAX_PENDING = 64;

  private static final int MAX_DATAGRAM_OCTETS = 65_535;

  private final Map<Fragment.Key, Parts> pending = new LinkedHashMap<>();
  private int lost;

  /** Takes a part; gives the datagram when it was the missing one. */
  Optional<IpPacket> add(Fragment fragment) {
    Fragment.Key key = fragment.key();
    Parts parts = pending.computeIfAbsent(key, unused -> new Parts());
    if (!parts.add(fragment)) {
      lost += parts.count + 1;
      forget(key);
      return Optional.empty();
    }
    if (!parts.isComplete()) {
      bound();
      return Optional.empty();
    }
    forget(key);
    IpPacket one = fragment.packet();
    return Optional.of(
        new IpPacket(one.source(), one.destination(), one.protocol(), parts.together()));
  }

  /** Parts that never became a datagram, those that still wait among them. */
  int lost() {
    return lost + pending.values().stream().mapToInt(parts -> parts.count).sum();
  }

  private void forget(Fragment.Key key) {
    Parts unused = pending.remove(key);
  }

  private void bound() {
    if (pending.size() > MAX_PENDING) {
      var oldest = pending.entrySet().iterator();
      lost += oldest.next().getValue().count;
      oldest.remove();
    }
  }

  /** What is there of one datagram. */
  private static final class Parts {
    private final TreeMap<Integer, Bytes> byOffset = new TreeMap<>();
    private int total = -1;
    private int octets;
    private int count;

    /** False when the part cannot belong to the others. */
    boolean add(Fragment fragment) {
      Bytes part = fragment.packet().payload();
      Bytes before = byOffset.get(fragment.offset());
      if (before != null && before.equals(part)) {
        return true;
      }
      if (part.isEmpty() || overlaps(fragment) || !isWithin(fragment)) {
        return false;
      }
      if (fragment.last()) {
        total = fragment.end();
      }
      Bytes unused = byOffset.put(fragment.offset(), part);
      octets += part.length();
      count++;
      return true;
    }

    /** The last part ends behind all others. */
    private boolean isWithin(Fragment fragment) {
      int end = total < 0 ? MAX_DATAGRAM_OCTETS : total;
      var greatest = byOffset.lastEntry();
      int soFar = greatest == null ? 0 : greatest.getKey() + greatest.getValue().length();
      return fragment.end() <= end && (!fragment.last() || fragment.end() >= soFar);
    }

    private boolean overlaps(Fragment fragment) {
      var before = byOffset.floorEntry(fragment.end() - 1);
      return before != null && before.getKey() + before.getValue().length() > fragment.offset();
    }

    /** Parts do not overlap, so that their sum tells. */
    boolean isComplete() {
      return octets == total;
    }

    Bytes together() {
      ByteWriter writer = new ByteWriter(total);
      byOffset.values().forEach(writer::bytes);
      return writer.toBytes();
    }
  }
}
