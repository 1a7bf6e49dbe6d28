package dev.moat.engine.reliability;

/**
 * Something that happens at a time unless it is cleared before; set in at most one {@link
 * Deadlines}.
 */
public abstract class Deadline {
  long atNanos;
  int place = -1;

  /** A deadline that is not set. */
  protected Deadline() {}

  /** Does what is due. Called once for each time it was set; it is no longer set then. */
  protected abstract void expired(long nowNanos);

  /** True from {@link Deadlines#set} until it expires or is cleared. */
  public final boolean isSet() {
    return place >= 0;
  }

  /** When it expires; meaningful while it is set. */
  public final long atNanos() {
    return atNanos;
  }
}
