package dev.moat.oscore;

/**
 * A message could not be protected or not be verified.
 *
 * <p>What the peer is told is less than what the reason says: {@link ErrorResponses}. Carries no
 * stack trace, because anyone on the network can cause it.
 */
public final class OscoreException extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  /** A failed check. */
  public OscoreException(Reason reason) {
    super(reason.description(), null, false, false);
    this.reason = reason;
  }

  /** A failed step with what made it fail. */
  public OscoreException(Reason reason, Throwable cause) {
    super(reason.description() + ": " + cause.getMessage(), cause, false, false);
    this.reason = reason;
  }

  /** Which check failed. */
  public Reason reason() {
    return reason;
  }

  /** The checks. Sections without a document are of RFC 8613. */
  public enum Reason {
    /** There is no OSCORE option (Section 2). */
    NOT_PROTECTED("the message has no OSCORE option"),
    /** The OSCORE option stands there twice (Section 2; RFC 7252, Section 5.4.5). */
    REPEATED_OPTION("the OSCORE option is repeated"),
    /** A flag bit is set that nobody here defines (Section 6.1). */
    RESERVED_FLAG("a reserved flag bit of the OSCORE option is set"),
    /** The Partial IV has 6 or 7 octets (Section 6.1). */
    RESERVED_PARTIAL_IV_LENGTH("a Partial IV has at most 5 octets"),
    /** The option ends within a field (Section 6.1). */
    TRUNCATED_OPTION("the OSCORE option ends too early"),
    /** Octets follow, and the kid flag is not set (Section 6.1). */
    TRAILING_OCTETS("octets follow the last field of the OSCORE option"),
    /** A Partial IV with leading zeros (Section 5). */
    PARTIAL_IV_NOT_MINIMAL("the Partial IV begins with a zero octet"),
    /** A request without kid (Section 5). */
    MISSING_KID("a request needs a kid"),
    /** A request without Partial IV (Section 5). */
    MISSING_PARTIAL_IV("a request needs a Partial IV"),
    /** No context has this kid and kid context, or it was closed (Section 8.2, step 2). */
    CONTEXT_NOT_FOUND("no security context for this kid and kid context"),
    /** The Partial IV was received before, or is too old to tell (Section 7.4). */
    REPLAY("the Partial IV was received before"),
    /** The tag is wrong, or the ciphertext shorter than a tag (Sections 8.2 and 8.4). */
    DECRYPTION_FAILED("the message does not verify"),
    /** Genuine, and its plaintext is no code, options and payload (Section 5.3). */
    BAD_PLAINTEXT("the plaintext is no CoAP message"),
    /** An OSCORE option within the message to protect or within a plaintext (Section 4.1.3.7). */
    NESTED("OSCORE within OSCORE is not supported"),
    /** A Proxy-Uri that is no URI of CoAP cannot be split (Section 4.1.3.3). */
    BAD_PROXY_URI("the Proxy-Uri cannot be taken apart"),
    /** An option longer than any message can say (RFC 7252, Section 3.1). */
    OPTION_TOO_LONG("an option is too long for any message"),
    /** Inner Observe in the response to a request without it (Section 4.1.3.5.2). */
    UNEXPECTED_OBSERVE("a notification answers a request that did not observe"),
    /** A response without Partial IV after the one that may have none (Sections 5.2 and 8.4.2). */
    NONCE_ALREADY_USED("the request's nonce protects one response only"),
    /** All 2^40 sequence numbers are used (Section 7.2.1): a new context is needed. */
    SEQUENCE_EXHAUSTED("no sequence numbers are left: establish a new security context"),
    /** No sequence number could be reserved durably (Section 7.5, Appendix B.1.1). */
    RESERVATION_FAILED("no sequence number could be reserved"),
    /** A key has done what it may do (draft-ietf-core-oscore-key-limits). */
    KEY_USAGE_LIMIT("a key has reached its usage limit: establish a new security context");

    private final String description;

    Reason(String description) {
      this.description = description;
    }

    /** One line for people; no secret, no value of a message. */
    public String description() {
      return description;
    }
  }
}
