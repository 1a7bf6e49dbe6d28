package dev.moat.cost.capture;

/**
 * A capture that cannot be read. Carries no stack trace unless the file system caused it: what is
 * wrong is in the file.
 */
public final class CaptureException extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  /**
   * Something wrong in the file.
   *
   * @param place which record or block, and at which octet of the file
   * @param detail what is there, and what would be right
   */
  public CaptureException(Reason reason, String place, String detail) {
    super(place + ": " + detail, null, false, false);
    this.reason = reason;
  }

  /** The file system refused. */
  public CaptureException(Throwable cause) {
    super("cannot be read: " + cause.getMessage(), cause);
    this.reason = Reason.UNREADABLE;
  }

  /** Which check failed. */
  public Reason reason() {
    return reason;
  }

  /** The checks. */
  public enum Reason {
    /** The file system refused. */
    UNREADABLE,
    /** Neither pcap nor pcapng, or a version of them that is not known. */
    NOT_A_CAPTURE,
    /** The file ends within a header, a record or a block. */
    TRUNCATED,
    /** A length in the file that no capture has, or that contradicts another one. */
    BAD_LENGTH,
    /** A packet of an interface that no block describes. */
    UNKNOWN_INTERFACE,
    /** Only the first octets of a packet were kept (snap length). */
    SNAPPED,
    /** Frames of a link layer that is not known here. */
    UNSUPPORTED_LINK_TYPE,
    /** More than the limits of {@link Captures} allow. */
    TOO_LARGE
  }
}
