package dev.moat.engine.dedup;

import org.jspecify.annotations.Nullable;

/** Messages of all peers in the order in which they were answered. */
final class Order {
  @Nullable Remembered oldest;
  private @Nullable Remembered newest;

  void append(Remembered entry) {
    entry.older = newest;
    if (newest == null) {
      oldest = entry;
    } else {
      newest.newer = entry;
    }
    newest = entry;
  }

  void unlink(Remembered entry) {
    if (entry.older == null) {
      oldest = entry.newer;
    } else {
      entry.older.newer = entry.newer;
    }
    if (entry.newer == null) {
      newest = entry.older;
    } else {
      entry.newer.older = entry.older;
    }
    entry.older = null;
    entry.newer = null;
  }
}
