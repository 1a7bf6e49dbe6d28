package dev.moat.edhoc.coap.halfopen;

import dev.moat.edhoc.message.ConnectionId;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The place of one handshake: busy while a message is being processed, waiting between messages,
 * gone for ever. Whoever changes it from waiting owns what was there.
 */
final class Slot {
  private static final HalfOpen BUSY = new Marker();
  private static final HalfOpen GONE = new Marker();

  final ConnectionId id;
  final boolean proven;
  final long bornNanos;

  private final Runnable freed;
  private final AtomicReference<HalfOpen> content = new AtomicReference<>(BUSY);

  private final AtomicInteger attempts = new AtomicInteger();

  Slot(ConnectionId id, boolean proven, long bornNanos, Runnable freed) {
    this.freed = freed;
    this.id = id;
    this.proven = proven;
    this.bornNanos = bornNanos;
  }

  /** What waits here, without taking it. */
  Optional<HalfOpen> look() {
    return waiting(now());
  }

  /** Takes what waits here, to process a message; {@link #put} or {@link #release} follows. */
  Optional<HalfOpen> take() {
    HalfOpen before = now();
    while (waiting(before).isPresent()) {
      if (content.compareAndSet(before, BUSY)) {
        attempts.incrementAndGet();
        return Optional.of(before);
      }
      before = now();
    }
    return Optional.empty();
  }

  /** How often it was taken. */
  int attempts() {
    return attempts.get();
  }

  /** Ends being busy; false when the slot is gone. */
  boolean put(HalfOpen next) {
    return content.compareAndSet(BUSY, next);
  }

  /** Ends what waits here for good; false while busy or when gone already. */
  boolean evict() {
    HalfOpen before = now();
    if (waiting(before).isEmpty() || !content.compareAndSet(before, GONE)) {
      return false;
    }
    before.close();
    freed.run();
    return true;
  }

  /** Ends being busy for good; does nothing otherwise. */
  void release() {
    if (content.compareAndSet(BUSY, GONE)) {
      freed.run();
    }
  }

  boolean isGone() {
    return now() == GONE;
  }

  int lengthOctets() {
    return now().lengthOctets();
  }

  private HalfOpen now() {
    return Objects.requireNonNull(content.get());
  }

  private static Optional<HalfOpen> waiting(HalfOpen content) {
    return content == BUSY || content == GONE ? Optional.empty() : Optional.of(content);
  }

  private static final class Marker implements HalfOpen {
    @Override
    public int lengthOctets() {
      return 0;
    }

    @Override
    public boolean isConcluded() {
      return false;
    }

    @Override
    public void close() {}
  }
}
