package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Response;
import dev.moat.engine.reliability.Deadline;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A relation by which a peer observes a resource here (RFC 7641, Section 4.1). Opaque; owned by its
 * engine.
 */
public final class Observation {
  private static final long TICK_NANOS = 1L << 20;
  private static final long SEQUENCE_MASK = (1L << 24) - 1;
  private static final long HALF_OF_SEQUENCE = 1L << 23;

  final Addressee to;

  /** The security association that registered. */
  final long association;

  /** True when states go out protected: each copy that is sent anew is protected anew. */
  final boolean secured;

  /** The newest state, without Observe. */
  Response newest;

  boolean over;

  boolean everyConfirmable;

  /** True when the newest state has not gone out. */
  boolean pending;

  /** True since the observer acknowledged something here: it exists and is interested. */
  boolean answering;

  /** True while the first response goes out separately, which was charged when it was decided. */
  boolean prepaid;

  int nonsSinceConfirmable;
  long lastConfirmableNanos;
  long lastSentNanos;
  long lastSequence = -1;

  /** The notification that is being sent confirmably. */
  @Nullable Transmission outstanding;

  /** Lets a confirmable notification go out even when nothing changes. */
  @Nullable Deadline confirmableTimer;

  /** Lets the newest state go out when the pace allows. */
  @Nullable Deadline paceTimer;

  /** Non-confirmable notifications that may still be reset, oldest first. */
  final Queue<Transmission> recent = new ArrayDeque<>(2);

  Observation(Inbound registration, Response first) {
    this.to = registration.to;
    this.association = registration.association();
    this.secured = registration.isProtected();
    this.newest = first;
  }

  /** From now on every notification asks for an acknowledgement (RFC 7641, Section 4.5). */
  public void confirmEvery() {
    everyConfirmable = true;
  }

  /** The observer. */
  public Peer peer() {
    return to.peer();
  }

  /** The token of the request that began it. */
  public Bytes token() {
    return to.token();
  }

  /** True when nothing will be sent any more. */
  public boolean isOver() {
    return over;
  }

  /**
   * The newest state under the next sequence number: about one for each millisecond, always ahead
   * of the last.
   */
  Response sequenced(long nowNanos) {
    long byTime = (nowNanos / TICK_NANOS) & SEQUENCE_MASK;
    long ahead = (byTime - lastSequence) & SEQUENCE_MASK;
    boolean timeIsAhead = lastSequence < 0 || (ahead > 0 && ahead < HALF_OF_SEQUENCE);
    lastSequence = timeIsAhead ? byTime : (lastSequence + 1) & SEQUENCE_MASK;
    return newest.with(Option.uint(OptionNumber.OBSERVE, lastSequence));
  }

  /** True when the next notification has to ask for an acknowledgement (RFC 7641, Section 4.5). */
  boolean isConfirmationDue(ObservePolicy policy, long nowNanos) {
    return everyConfirmable
        || nonsSinceConfirmable >= policy.nonsBetweenConfirmables()
        || nowNanos - lastConfirmableNanos >= policy.confirmableIntervalNanos();
  }

  /** The observer acknowledged the outstanding notification. */
  void confirmed(long nowNanos) {
    outstanding = null;
    answering = true;
    nonsSinceConfirmable = 0;
    lastConfirmableNanos = nowNanos;
  }
}
