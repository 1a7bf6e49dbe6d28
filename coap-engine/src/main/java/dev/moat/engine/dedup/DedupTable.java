package dev.moat.engine.dedup;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.engine.table.PeerTable;
import org.jspecify.annotations.Nullable;

/**
 * The messages received lately, by source and Message ID, and how they were answered (RFC 7252,
 * Section 4.5). What is kept, and why that is correct at any rate, is said in the package's
 * description. Owned by one event loop.
 *
 * <p>Finding, opening, answering and evicting take constant time. The caller answers or forgets
 * every entry that it opened; until then the entry does not expire.
 */
public final class DedupTable {
  /** An entry and its place in the table. */
  static final int ENTRY_OCTETS = 80;

  /** The header of the cached octets. */
  static final int ANSWER_OCTETS = 16;

  private final DedupLimits limits;
  private final PeerTable<PeerMemory> peers;
  private final Order pinned = new Order();
  private final Order evictable = new Order();
  private final DedupIndex index = new DedupIndex();
  private long octets;

  /** An empty table; {@code seed} keys its hash and must be unpredictable. */
  public DedupTable(DedupLimits limits, long seed) {
    this.limits = limits;
    this.peers = new PeerTable<>(seed);
  }

  /** The unexpired entry of a message, or null when it is not remembered. */
  public @Nullable Remembered find(Peer peer, int messageId, long nowNanos) {
    PeerMemory memory = peers.find(peer);
    if (memory == null) {
      return null;
    }
    Remembered entry = index.find(memory, messageId);
    return entry == null ? null : unexpired(entry, nowNanos);
  }

  /**
   * Remembers a message that {@link #find} did not know, as in progress; null when only entries
   * remain that may not make room.
   */
  public @Nullable Remembered open(Peer peer, int messageId, long expiresNanos) {
    PeerMemory memory = peers.find(peer);
    if (memory != null && !makeRoomFor(memory)) {
      return null;
    }
    if (!makeRoom()) {
      return null;
    }
    PeerMemory owner = present(peer);
    Remembered entry = new Remembered(owner, messageId, expiresNanos);
    index.add(entry);
    owner.entries++;
    charge(entry, ENTRY_OCTETS);
    return entry;
  }

  /**
   * Sets what further copies of a message in progress are answered with meanwhile: an Empty
   * acknowledgement.
   */
  public void answerMeanwhile(Remembered entry, Bytes answer) {
    if (entry.state == Remembered.State.IN_PROGRESS) {
      setAnswer(entry, answer);
    }
  }

  /**
   * Ends progress; further copies are answered as {@link #answerMeanwhile} said, or with silence.
   */
  public void conclude(Remembered entry, Retention retention) {
    if (entry.state != Remembered.State.IN_PROGRESS) {
      return;
    }
    if (retention == Retention.PINNED) {
      entry.state = Remembered.State.PINNED;
      pinned.append(entry);
    } else {
      entry.state = Remembered.State.EVICTABLE;
      evictable.append(entry);
      entry.owner.append(entry);
    }
    settleOctets(entry);
  }

  /** Ends progress; further copies are answered with {@code answer}, which is kept. */
  public void conclude(Remembered entry, Retention retention, Bytes answer) {
    answerMeanwhile(entry, answer);
    conclude(entry, retention);
  }

  /** Forgets a message: a further copy counts as new. */
  public void forget(Remembered entry) {
    switch (entry.state) {
      case IN_PROGRESS -> {}
      case PINNED -> pinned.unlink(entry);
      case EVICTABLE -> {
        evictable.unlink(entry);
        entry.owner.unlink(entry);
      }
      case FORGOTTEN -> {
        return;
      }
    }
    entry.state = Remembered.State.FORGOTTEN;
    index.remove(entry);
    charge(entry, -ENTRY_OCTETS);
    setAnswer(entry, null);
    PeerMemory owner = entry.owner;
    owner.entries--;
    if (owner.entries == 0) {
      peers.remove(owner);
      octets -= PeerMemory.OCTETS;
    }
  }

  /** Forgets what expired. Answered messages only; others are ended by whoever opened them. */
  public void sweep(long nowNanos) {
    sweep(pinned, nowNanos);
    sweep(evictable, nowNanos);
  }

  /** Messages remembered now. */
  public int size() {
    return index.size();
  }

  /** Estimated heap octets now. */
  public long octets() {
    return octets;
  }

  /** Peers with a message remembered. */
  public int peers() {
    return peers.size();
  }

  private @Nullable Remembered unexpired(Remembered entry, long nowNanos) {
    if (entry.inProgress() || entry.expiresNanos - nowNanos > 0) {
      return entry;
    }
    forget(entry);
    return null;
  }

  private void sweep(Order order, long nowNanos) {
    for (Remembered e = order.oldest; e != null && e.expiresNanos - nowNanos <= 0; ) {
      forget(e);
      e = order.oldest;
    }
  }

  private PeerMemory present(Peer peer) {
    PeerMemory known = peers.find(peer); // again: making room may have removed it
    if (known != null) {
      return known;
    }
    PeerMemory fresh = new PeerMemory(peer);
    peers.add(fresh);
    octets += PeerMemory.OCTETS;
    return fresh;
  }

  private boolean makeRoomFor(PeerMemory memory) {
    while (memory.entries >= limits.entriesPerPeer()
        || memory.octets + ENTRY_OCTETS > limits.octetsPerPeer()) {
      Remembered oldest = memory.oldest;
      if (oldest == null) {
        return false;
      }
      forget(oldest);
    }
    return true;
  }

  private boolean makeRoom() {
    while (index.size() >= limits.entries()
        || octets + ENTRY_OCTETS + PeerMemory.OCTETS > limits.octets()) {
      Remembered oldest = evictable.oldest;
      if (oldest == null) {
        return false;
      }
      forget(oldest);
    }
    return true;
  }

  /**
   * After an answer was added: evictable entries go, then the answer itself, never the fact of
   * execution.
   */
  private void settleOctets(Remembered entry) {
    while (octets > limits.octets() && evictable.oldest != null) {
      forget(evictable.oldest);
    }
    while (entry.owner.octets > limits.octetsPerPeer() && entry.owner.oldest != null) {
      forget(entry.owner.oldest);
    }
    if (octets > limits.octets() || entry.owner.octets > limits.octetsPerPeer()) {
      setAnswer(entry, null);
    }
  }

  private void setAnswer(Remembered entry, @Nullable Bytes answer) {
    byte[] old = entry.answer;
    charge(
        entry, (answer == null ? 0 : cost(answer.length())) - (old == null ? 0 : cost(old.length)));
    entry.answer = answer == null ? null : answer.toArray();
  }

  private static int cost(int octets) {
    return ANSWER_OCTETS + (octets + 7) / 8 * 8;
  }

  private void charge(Remembered entry, int more) {
    entry.owner.octets += more;
    octets += more;
  }
}
