package dev.moat.engine.dedup;

/** How long an answered message is remembered. */
public enum Retention {
  /** For its whole lifetime: it was executed and must not be again. */
  PINNED,
  /**
   * For its lifetime unless room is needed: executing it again does no harm, or it was not
   * executed.
   */
  EVICTABLE
}
