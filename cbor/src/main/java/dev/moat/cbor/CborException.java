package dev.moat.cbor;

/**
 * Octets that are no deterministic CBOR, or not the item that was asked for.
 *
 * <p>Carries no stack trace, because anyone on the network can cause it.
 */
public final class CborException extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;
  private final int offset;

  /** An error found at {@code offset} octets from the start of the input. */
  public CborException(Reason reason, int offset) {
    super(reason.rule + " (octet " + offset + ")", null, false, false);
    this.reason = reason;
    this.offset = offset;
  }

  /** Which check failed. */
  public Reason reason() {
    return reason;
  }

  /** Octets from the start of the input to the item that is wrong. */
  public int offset() {
    return offset;
  }

  /** The checks; sections are those of RFC 8949. */
  public enum Reason {
    /** An item, or an announced length, reaches past the end (Section 3). */
    TRUNCATED("the input ends within an item"),
    /** Octets behind the last item. */
    TRAILING_OCTETS("the input goes on behind the item"),
    /** The input is longer than the limit. */
    TOO_LARGE("the input is longer than allowed"),
    /** Items nest deeper than the limit. */
    TOO_DEEP("items nest deeper than allowed"),
    /** A longer head than needed (Section 4.2.1). */
    NOT_SHORTEST("a length or number is not in its shortest form"),
    /** An indefinite length or a break (Section 4.2.1). */
    INDEFINITE_LENGTH("indefinite lengths are not deterministic"),
    /** Additional information 28 to 30 (Section 3). */
    RESERVED_INFORMATION("reserved additional information"),
    /** A simple value below 32 in two octets (Section 3.3). */
    BAD_SIMPLE_VALUE("a two-octet simple value below 32"),
    /** A text string that is no UTF-8 (Section 3.1). */
    NOT_UTF8("a text string that is no UTF-8"),
    /** The same map key twice (Section 5.6). */
    DUPLICATE_KEY("a map key stands twice"),
    /** Map keys out of bytewise order (Section 4.2.1). */
    UNORDERED_KEYS("map keys are out of order"),
    /** A floating-point number (Section 3.3): refused everywhere. */
    FLOATING_POINT("floating-point numbers are not supported"),
    /** An integer beyond 64 bits with sign (Section 3.1). */
    INTEGER_RANGE("an integer beyond the range of 64 bits with sign"),
    /** A well-formed item, but not the one that has to stand here. */
    UNEXPECTED_ITEM("another kind of item is expected here");

    private final String rule;

    Reason(String rule) {
      this.rule = rule;
    }
  }
}
