package dev.moat.coap.uri;

/** Text that is no CoAP URI, or options that form none. */
public final class UriFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final Reason reason;
  private final int position;

  UriFormatException(Reason reason, int position) {
    super(reason.rule + ", at position " + position);
    this.reason = reason;
    this.position = position;
  }

  /** Which check failed. */
  public Reason reason() {
    return reason;
  }

  /**
   * Index into the text, of the first character that is wrong; 0 when the parts came one by one.
   */
  public int position() {
    return position;
  }

  /** The checks. */
  public enum Reason {
    /** No scheme, hence a relative reference (RFC 7252, Section 6.4, step 1). */
    NOT_ABSOLUTE("a CoAP URI begins like coap://host"),
    /** The scheme belongs to another protocol (RFC 7252, Section 6.4, step 3). */
    UNKNOWN_SCHEME("the scheme is none of coap, coaps, coap+tcp, coaps+tcp, coap+ws, coaps+ws"),
    /** A fragment is not for the wire (RFC 7252, Section 6.4, step 4). */
    FRAGMENT("a CoAP URI has no fragment (#)"),
    /** User information has no place in an authority (RFC 7252, Section 6.1). */
    USER_INFORMATION("a CoAP URI has no user information (@)"),
    /** The host is missing (RFC 7252, Section 6.1). */
    EMPTY_HOST("the host is missing"),
    /** Brackets without an IPv6 address inside (RFC 3986, Section 3.2.2). */
    BAD_IP_LITERAL("between [ and ] stands no IPv6 address"),
    /** The port is no number from 1 to 65535 (RFC 7252, Section 6.1). */
    BAD_PORT("the port is no number from 1 to 65535"),
    /** A character that must be percent-encoded (RFC 3986, Section 2). */
    ILLEGAL_CHARACTER("this character must be percent-encoded"),
    /** A percent sign without two hexadecimal digits (RFC 3986, Section 2.1). */
    BAD_PERCENT_ENCODING("after % come two hexadecimal digits"),
    /** Percent-encoded octets that are no UTF-8 (RFC 7252, Section 5.10.1). */
    NOT_UTF8("percent-encoded octets that are no UTF-8"),
    /** A host, path segment or query argument of more than 255 octets (RFC 7252, Section 5.10). */
    TOO_LONG("a host, path segment or query argument has more than 255 octets"),
    /** A Uri-Path of one or two dots (RFC 7252, Section 5.10.1). */
    DOT_SEGMENT("a path segment must not be . or ..");

    private final String rule;

    Reason(String rule) {
      this.rule = rule;
    }
  }
}
