package dev.moat.engine.dedup;

import dev.moat.bytes.Bytes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One message that was received. Owned by its {@link DedupTable}. 56 octets on a 64-bit JVM with
 * compressed references.
 */
public final class Remembered {
  final PeerMemory owner;
  final char messageId;
  final long expiresNanos;
  State state = State.IN_PROGRESS;
  byte @Nullable [] answer;
  @Nullable Remembered older;
  @Nullable Remembered newer;
  @Nullable Remembered peerOlder;
  @Nullable Remembered peerNewer;

  Remembered(PeerMemory owner, int messageId, long expiresNanos) {
    this.owner = owner;
    this.messageId = (char) messageId;
    this.expiresNanos = expiresNanos;
  }

  /** The datagram that answers every further copy; empty when copies are met with silence. */
  public Optional<Bytes> answer() {
    return Optional.ofNullable(answer).map(Bytes::owned);
  }

  /** True until the message is answered for good. */
  public boolean inProgress() {
    return state == State.IN_PROGRESS;
  }

  enum State {
    IN_PROGRESS,
    PINNED,
    EVICTABLE,
    FORGOTTEN
  }
}
