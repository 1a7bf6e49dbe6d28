package dev.moat.edhoc.coap.combined;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Request;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A message_3 that still has to reach the server: the first request under the new security context
 * carries it, and the others wait until a verified response shows that it has arrived. Safe to
 * share among threads.
 */
public final class PendingMessage3 {
  /** In the context of every request under a security context that came about this way. */
  public static final Context.Key<PendingMessage3> KEY = new Context.Key<>("pending message_3");

  /** How many requests may wait for the one that carries it. */
  static final int MAX_WAITING = 256;

  private final Request alone;
  private final Bytes message3;
  private final AtomicReference<Turn> turn = new AtomicReference<>(Turn.FREE);

  /**
   * Nothing has been sent yet.
   *
   * @param alone the request that carries it when it has to go by itself (RFC 9528, Appendix A.2.1)
   * @param message3 the message
   */
  public PendingMessage3(Request alone, Bytes message3) {
    this.alone = alone;
    this.message3 = message3;
  }

  /** The message. */
  Bytes message3() {
    return message3;
  }

  /** The message by itself (RFC 9528, Appendix A.2.1). */
  Request alone() {
    return alone;
  }

  /** True once it is known to have arrived. */
  boolean isDelivered() {
    return now() == Turn.OVER;
  }

  /** True for the one request that is to carry it now; {@link #ended} has to follow. */
  boolean begin() {
    return turn.compareAndSet(Turn.FREE, new Turn());
  }

  /** The end of the request that carries it; empty-handed when too many wait already. */
  CompletionStage<Boolean> awaitTurn() {
    Turn current = now();
    if (current.waiting.incrementAndGet() > MAX_WAITING) {
      current.waiting.decrementAndGet();
      return CompletableFuture.completedFuture(false);
    }
    return current.ended.thenApply(
        none -> {
          current.waiting.decrementAndGet();
          return true;
        });
  }

  /**
   * Ends the turn of the request that carried it.
   *
   * @param arrived false when it has to be sent again
   */
  void ended(boolean arrived) {
    Turn before = Objects.requireNonNull(turn.getAndSet(arrived ? Turn.OVER : Turn.FREE));
    before.ended.complete(true);
  }

  private Turn now() {
    return Objects.requireNonNull(turn.get());
  }

  /** A request that carries the message, and those who wait for its end. */
  private static final class Turn {
    private static final Turn FREE = over();
    private static final Turn OVER = over();

    private final AtomicInteger waiting = new AtomicInteger();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

    private static Turn over() {
      Turn turn = new Turn();
      turn.ended.complete(true);
      return turn;
    }
  }
}
