package dev.moat.engine.dedup;

import org.jspecify.annotations.Nullable;

/**
 * Finds entries by source and Message ID: open addressing with linear probing, at most half full.
 *
 * <p>The hashes stand in an array of their own, so that looking for a message that is not
 * remembered, which is what nearly every look-up does, touches no entry. Owned by its table.
 */
final class DedupIndex {
  private static final int INITIAL_SLOTS = 128;

  private int[] hashes = new int[INITIAL_SLOTS];
  private @Nullable Remembered[] entries = new @Nullable Remembered[INITIAL_SLOTS];
  private int size;

  int size() {
    return size;
  }

  /** The entry of a message, or null. */
  @Nullable Remembered find(PeerMemory owner, int messageId) {
    int hash = hash(owner, messageId);
    int mask = hashes.length - 1;
    for (int slot = hash & mask; hashes[slot] != 0; slot = slot + 1 & mask) {
      Remembered entry = entries[slot];
      if (hashes[slot] == hash
          && entry != null
          && entry.messageId == messageId
          && entry.owner == owner) {
        return entry;
      }
    }
    return null;
  }

  /** Adds an entry that is not there. */
  void add(Remembered entry) {
    if (2 * size >= hashes.length) {
      grow();
    }
    place(hash(entry.owner, entry.messageId), entry);
    size++;
  }

  /** Removes an entry that is there. */
  void remove(Remembered entry) {
    int mask = hashes.length - 1;
    int hole = hash(entry.owner, entry.messageId) & mask;
    while (entries[hole] != entry) {
      if (hashes[hole] == 0) {
        throw new IllegalStateException("this entry is not in the index");
      }
      hole = hole + 1 & mask;
    }
    // What follows moves up, unless it would get in front of where it belongs.
    for (int slot = hole + 1 & mask; hashes[slot] != 0; slot = slot + 1 & mask) {
      int home = hashes[slot] & mask;
      if ((slot - home & mask) >= (slot - hole & mask)) {
        hashes[hole] = hashes[slot];
        entries[hole] = entries[slot];
        hole = slot;
      }
    }
    hashes[hole] = 0;
    entries[hole] = null;
    size--;
  }

  private void place(int hash, Remembered entry) {
    int mask = hashes.length - 1;
    int slot = hash & mask;
    while (hashes[slot] != 0) {
      slot = slot + 1 & mask;
    }
    hashes[slot] = hash;
    entries[slot] = entry;
  }

  private void grow() {
    int[] oldHashes = hashes;
    @Nullable Remembered[] oldEntries = entries;
    hashes = new int[2 * oldHashes.length];
    entries = new @Nullable Remembered[2 * oldHashes.length];
    for (int i = 0; i < oldHashes.length; i++) {
      Remembered entry = oldEntries[i];
      if (entry != null) {
        place(oldHashes[i], entry);
      }
    }
  }

  /** Keyed by the peer's hash; never 0, which marks a free slot. */
  private static int hash(PeerMemory owner, int messageId) {
    int mixed = (owner.keyedHash() + messageId * 0x85EB_CA6B) * 0x9E37_79B9;
    mixed = (mixed ^ (mixed >>> 15)) * 0xC2B2_AE35;
    mixed ^= mixed >>> 16;
    return mixed == 0 ? 1 : mixed;
  }
}
