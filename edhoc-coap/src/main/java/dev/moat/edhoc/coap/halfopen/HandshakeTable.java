package dev.moat.edhoc.coap.halfopen;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.message.ConnectionId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The handshakes under way at a server, by the connection identifier that it has chosen.
 *
 * <p>A message takes its handshake out before it is processed, and the next state is put back: of
 * two copies at once only one finds it. The identifier stays reserved meanwhile.
 *
 * <p>Where there is no room, the oldest handshake of an address that is not proven goes first, then
 * the oldest that has ended. One of a proven address is given up only for one of another proven
 * address, and only when it takes long: so whoever has a few addresses cannot shut all others out
 * by beginning handshakes and leaving them.
 */
public final class HandshakeTable {
  /** A handshake is slow after this part of its lifetime. */
  private static final int SLOW_PART = 4;

  private final TableLimits limits;
  private final Consumer<ConnectionId> freed;
  private final AtomicReference<Map<Bytes, Slot>> slots = new AtomicReference<>(Map.of());

  /** Starts empty; tells {@code freed} of every identifier that is no longer in use here. */
  public HandshakeTable(TableLimits limits, Consumer<ConnectionId> freed) {
    this.limits = limits;
    this.freed = freed;
  }

  /**
   * Makes room for a handshake that begins; it is busy until {@link #put}.
   *
   * @param id the identifier that was reserved for it; the table frees it in the end, in any case
   * @param proven true when the peer's address has shown that it receives what is sent to it
   * @return false when there is no room
   */
  public boolean reserve(ConnectionId id, boolean proven, long nowNanos) {
    Slot slot = new Slot(id, proven, nowNanos, () -> freed.accept(id));
    while (true) {
      Map<Bytes, Slot> before = current();
      Map<Bytes, Slot> after = new LinkedHashMap<>(before);
      after.values().removeIf(old -> old.isGone() || (isOld(old, nowNanos) && old.evict()));
      if (after.size() >= limits.sessions()
          && !makeRoom(after)
          && !(proven && giveUpSlow(after, nowNanos))) {
        slot.release();
        return false;
      }
      after.put(id.bytes(), slot);
      if (slots.compareAndSet(before, after)) {
        return true;
      }
    }
  }

  /**
   * Puts the state of a handshake back, or in for the first time; false, and {@code next} is
   * closed, when it has been given up meanwhile or there is no room for its octets. There always is
   * for one that is no longer than what was taken, as after a forged message.
   */
  public boolean put(ConnectionId id, HalfOpen next) {
    Slot slot = current().get(id.bytes());
    if (slot == null) {
      next.close();
      return false;
    }
    if (!hasOctets(next.lengthOctets() - slot.lengthOctets())) {
      next.close();
      release(id);
      return false;
    }
    if (!slot.put(next)) {
      next.close();
      return false;
    }
    return true;
  }

  /**
   * Takes a handshake out, to process a message; {@link #put} or {@link #release} has to follow.
   * Empty when there is none, or another message of it is being processed.
   */
  public Optional<HalfOpen> take(ConnectionId id, long nowNanos) {
    Slot slot = current().get(id.bytes());
    if (slot == null) {
      return Optional.empty();
    }
    if (isOld(slot, nowNanos) && slot.evict()) {
      remove(slot);
      return Optional.empty();
    }
    return slot.take();
  }

  /** What waits under {@code id}; it stays in the table. Empty also while it is processed. */
  public Optional<HalfOpen> look(ConnectionId id, long nowNanos) {
    Slot slot = current().get(id.bytes());
    return slot == null || isOld(slot, nowNanos) ? Optional.empty() : slot.look();
  }

  /** How many messages of a handshake have been processed since it began. */
  public int attempts(ConnectionId id) {
    Slot slot = current().get(id.bytes());
    return slot == null ? 0 : slot.attempts();
  }

  /** The first handshake that {@code wanted} holds for; it stays in the table. */
  public Optional<HalfOpen> find(Predicate<HalfOpen> wanted, long nowNanos) {
    for (Slot slot : current().values()) {
      Optional<HalfOpen> waiting = isOld(slot, nowNanos) ? Optional.empty() : slot.look();
      if (waiting.filter(wanted).isPresent()) {
        return waiting;
      }
    }
    return Optional.empty();
  }

  /** Ends a handshake that was taken or reserved, and frees its identifier. */
  public void release(ConnectionId id) {
    Slot slot = current().get(id.bytes());
    if (slot != null) {
      slot.release();
      remove(slot);
    }
  }

  /** True when {@code id} is that of a handshake here. */
  public boolean has(ConnectionId id) {
    return current().containsKey(id.bytes());
  }

  /** How many handshakes have begun and not ended. */
  public int halfOpen() {
    int open = 0;
    for (Slot slot : current().values()) {
      open += slot.look().map(HalfOpen::isConcluded).orElse(false) ? 0 : 1;
    }
    return open;
  }

  /** How many handshakes there are, with those that have ended. */
  public int size() {
    return current().size();
  }

  /** How many octets of messages are kept, with those that are being processed. */
  public int lengthOctets() {
    return current().values().stream().mapToInt(Slot::lengthOctets).sum();
  }

  /** Ends all. */
  public void close() {
    Map<Bytes, Slot> all = Objects.requireNonNull(slots.getAndSet(Map.of()));
    for (Slot slot : all.values()) {
      var unused = slot.evict();
    }
  }

  private boolean hasOctets(int more) {
    while (more > 0 && lengthOctets() + more > limits.octets()) {
      Map<Bytes, Slot> before = current();
      Map<Bytes, Slot> after = new LinkedHashMap<>(before);
      if (!makeRoom(after)) {
        return false;
      }
      slots.compareAndSet(before, after);
    }
    return true;
  }

  /** Takes the one away that is missed least; false when all have to stay. */
  private static boolean makeRoom(Map<Bytes, Slot> slots) {
    // Gone already where another thread was faster, or an attempt to change the table was in vain.
    return slots.values().removeIf(Slot::isGone)
        || oldest(slots, slot -> !slot.proven && !isConcluded(slot))
        || oldest(slots, HandshakeTable::isConcluded);
  }

  private boolean giveUpSlow(Map<Bytes, Slot> slots, long nowNanos) {
    long patience = limits.lifetimeNanos() / SLOW_PART;
    return oldest(slots, slot -> nowNanos - slot.bornNanos > patience);
  }

  private static boolean oldest(Map<Bytes, Slot> slots, Predicate<Slot> candidate) {
    List<Slot> inOrder = new ArrayList<>(slots.values());
    for (Slot slot : inOrder) {
      if (candidate.test(slot) && slot.evict()) {
        slots.remove(slot.id.bytes());
        return true;
      }
    }
    return false;
  }

  private static boolean isConcluded(Slot slot) {
    return slot.look().map(HalfOpen::isConcluded).orElse(false);
  }

  private void remove(Slot slot) {
    var unused =
        slots.updateAndGet(
            before -> {
              if (before.get(slot.id.bytes()) != slot) {
                return before;
              }
              Map<Bytes, Slot> after = new LinkedHashMap<>(before);
              after.remove(slot.id.bytes());
              return after;
            });
  }

  private boolean isOld(Slot slot, long nowNanos) {
    return nowNanos - slot.bornNanos > limits.lifetimeNanos();
  }

  private Map<Bytes, Slot> current() {
    return Objects.requireNonNull(slots.get());
  }
}
