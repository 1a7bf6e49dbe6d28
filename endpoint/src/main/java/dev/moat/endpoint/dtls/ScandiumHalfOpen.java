package dev.moat.endpoint.dtls;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.scandium.dtls.ClientHandshaker;
import org.eclipse.californium.scandium.dtls.Connection;
import org.eclipse.californium.scandium.dtls.Handshaker;

/**
 * Handshakes that a client began and has not completed. Each holds a place for as long as a
 * handshake may take and not, as Scandium would have it, until nothing is left to retransmit:
 * nobody may be behind it any more. Owned by {@link ScandiumEngine}.
 */
final class ScandiumHalfOpen {
  private final long timeoutNanos;
  private final LoopTasks tasks;
  private final IdentityHashMap<Handshaker, Future<?>> ends = new IdentityHashMap<>();

  ScandiumHalfOpen(Duration timeout, LoopTasks tasks) {
    this.timeoutNanos = timeout.toNanos();
    this.tasks = tasks;
  }

  /** A handshake begins. Those that this side begins have a time-out of their own. */
  void begun(Handshaker handshaker) {
    if (!(handshaker instanceof ClientHandshaker)) {
      // A resumption that becomes a full handshake begins twice.
      ends.computeIfAbsent(
          handshaker,
          begun -> tasks.schedule(() -> giveUp(begun), timeoutNanos, TimeUnit.NANOSECONDS));
    }
  }

  /** The handshake came to something, or to nothing. */
  void over(Handshaker handshaker) {
    Future<?> end = ends.remove(handshaker);
    if (end != null) {
      boolean unused = end.cancel(false);
    }
  }

  private void giveUp(Handshaker handshaker) {
    Connection connection = handshaker.getConnection();
    if (ends.remove(handshaker) != null && connection.isExecuting()) {
      connection
          .getExecutor()
          .execute(() -> handshaker.handshakeFailed(ScandiumRefusals.silence()));
    }
  }
}
