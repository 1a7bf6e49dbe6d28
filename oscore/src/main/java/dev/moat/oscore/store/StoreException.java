package dev.moat.oscore.store;

/**
 * A store that cannot do what it was asked, and did not do half of it. The message names the file
 * and what to do about it, never a secret.
 */
public final class StoreException extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  /** A failure; {@code message} is for people. */
  public StoreException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** A failure with what caused it. */
  public StoreException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** Why a store refuses. */
  public enum Reason {
    /** The content cannot be trusted. */
    CORRUPT,
    /** A file of another program, or of a later version of this one. */
    FOREIGN,
    /** Others than the owner may read or write the file. */
    EXPOSED,
    /** The file or its directory cannot be written. */
    READ_ONLY,
    /** No room is left on the medium. */
    FULL,
    /** Another process, or another store of this one, uses the file; or the context is open. */
    LOCKED,
    /** The file was deleted or replaced while it was in use. */
    FENCED,
    /** Reading or writing failed, or the store is closed. */
    IO
  }
}
