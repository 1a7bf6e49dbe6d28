package dev.moat.endpoint.stack;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers for connections and security associations: none is given twice in the life of the
 * process, and none is that of an OSCORE context, whose numbers have the top bit set. Thread-safe.
 */
public final class AssociationNumbers {
  private static final AtomicLong LAST = new AtomicLong();

  private AssociationNumbers() {}

  /** A number that was never given before, above 0. */
  public static long next() {
    return LAST.incrementAndGet();
  }
}
