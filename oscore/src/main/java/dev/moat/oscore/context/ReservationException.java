package dev.moat.oscore.context;

/** Sequence numbers could not be reserved, hence nothing may be sent with a new one. */
public final class ReservationException extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  /** A failure; {@code message} says what and where, for people. */
  public ReservationException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** A failure with what caused it. */
  public ReservationException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** Why nothing was reserved. */
  public enum Reason {
    /** What is recorded cannot be trusted. */
    CORRUPT,
    /** The record cannot be written. */
    READ_ONLY,
    /** No room is left on the medium. */
    FULL,
    /** Another process uses the record. */
    LOCKED,
    /** Another owner has taken the context over. */
    FENCED,
    /** All 2^40 numbers are given. */
    EXHAUSTED,
    /** Reading or writing failed. */
    IO
  }
}
