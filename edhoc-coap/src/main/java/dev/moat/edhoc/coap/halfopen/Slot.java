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
  private static final HalfOpen GONE = new Marker(0);

  final ConnectionId id;
  final boolean proven;
  final long bornNanos;

  private final Runnable freed;
  private final AtomicReference<HalfOpen> content = new AtomicReference<>(new Marker(0));

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

  /**
   * Takes what waits here, to process a message; {@link #put} or {@link #release} follows. Its
   * octets count meanwhile, so that nobody else gets them.
   */
  Optional<HalfOpen> take() {
    HalfOpen before = now();
    while (waiting(before).isPresent()) {
      if (content.compareAndSet(before, new Marker(before.lengthOctets()))) {
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
    HalfOpen before = now();
    return isBusy(before) && content.compareAndSet(before, next);
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
    HalfOpen before = now();
    if (isBusy(before) && content.compareAndSet(before, GONE)) {
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
    return content instanceof Marker ? Optional.empty() : Optional.of(content);
  }

  private static boolean isBusy(HalfOpen content) {
    return content instanceof Marker && content != GONE;
  }

  /**
   * Stands for what is being processed, or gone. No record: each stands for one taking.
   *
   * @see #GONE
   */
  private static final class Marker implements HalfOpen {
    private final int lengthOctets;

    Marker(int lengthOctets) {
      this.lengthOctets = lengthOctets;
    }

    @Override
    public int lengthOctets() {
      return lengthOctets;
    }

    @Override
    public boolean isConcluded() {
      return false;
    }

    @Override
    public void close() {}
  }
}
