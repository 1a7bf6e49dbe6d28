package dev.moat.coap.link;

/**
 * Text that is not in the CoRE Link Format. Carries no stack trace, because any server can cause
 * it.
 */
public final class LinkFormatException extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;
  private final int position;

  LinkFormatException(Reason reason, int position) {
    super(reason.rule + ", at position " + position, null, false, false);
    this.reason = reason;
    this.position = position;
  }

  /** Which check failed. */
  public Reason reason() {
    return reason;
  }

  /** Index into the text of the first character that is wrong. */
  public int position() {
    return position;
  }

  /** The checks; all follow from the grammar of RFC 6690, Section 2. */
  public enum Reason {
    /** A link begins with an angle bracket. */
    MISSING_TARGET("a link begins with <"),
    /** The target never ends. */
    UNTERMINATED_TARGET("the target ends with >"),
    /** A space, control character, quote or angle bracket in a target. */
    BAD_TARGET("this character has no place in a URI reference"),
    /** Behind a link comes a comma or the end, behind an attribute also a semicolon. */
    MISSING_SEPARATOR("here comes ; or , or the end"),
    /** An attribute without a name, or with a character that names do not hold. */
    BAD_NAME("an attribute has a name of token characters"),
    /** {@code href} must not be an attribute. */
    RESERVED_NAME("href is no attribute"),
    /**
     * {@code rt}, {@code if}, {@code sz} or {@code ct} stands twice (Section 3; RFC 7252, Section
     * 7.2.1).
     */
    REPEATED_ATTRIBUTE("this attribute may stand only once"),
    /** Nothing, or a character outside ptoken, behind the equals sign. */
    BAD_VALUE("an unquoted value has at least one token character"),
    /** A quoted string never ends. */
    UNTERMINATED_STRING("the quoted string ends with \""),
    /** A control character in a quoted string. */
    CONTROL_CHARACTER("a control character in a quoted string");

    private final String rule;

    Reason(String rule) {
      this.rule = rule;
    }
  }
}
