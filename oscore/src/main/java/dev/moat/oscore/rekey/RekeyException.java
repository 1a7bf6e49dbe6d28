package dev.moat.oscore.rekey;

import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.ReservationException;

/**
 * A step towards a new security context was refused; the state in which it was tried is as before.
 * Carries no stack trace, because anyone on the network can cause it.
 */
public final class RekeyException extends Exception implements ExplainedFailure {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  /** A failed check. */
  public RekeyException(Reason reason) {
    super(reason.description(), null, false, false);
    this.reason = reason;
  }

  /** A message that could not be verified or protected. */
  public RekeyException(OscoreException cause) {
    super(Reason.NOT_VERIFIED.description() + ": " + cause.getMessage(), cause, false, false);
    this.reason = Reason.NOT_VERIFIED;
  }

  /** A context that could not be recorded. */
  public RekeyException(ReservationException cause) {
    super(Reason.NOT_RECORDED.description() + ": " + cause.getMessage(), cause, false, false);
    this.reason = Reason.NOT_RECORDED;
  }

  /** Which check failed. */
  public Reason reason() {
    return reason;
  }

  @Override
  public String explanation() {
    return String.valueOf(getMessage());
  }

  /** The checks. */
  public enum Reason {
    /** The message does not verify, or cannot be protected (RFC 8613, Section 8). */
    NOT_VERIFIED("the message cannot be verified or protected"),
    /** It was received before (RFC 8613, Section 7.4). */
    REPLAY("the message was received before"),
    /** A genuine message, but of another step. */
    OTHER_STEP("the message belongs to another step"),
    /** The kid context holds no CBOR byte string (RFC 8613, Appendix B.2). */
    BAD_KID_CONTEXT("the kid context is no CBOR byte string"),
    /** Its server did not refuse request #1 (RFC 8613, Appendix B.2, step 2). */
    NOT_UNAUTHORIZED("response #1 is no 4.01"),
    /** No-FS mode with a peer that is able to do better (KUDOS, Section 4.4.2). */
    DOWNGRADE("the peer is capable of forward secrecy and asks for less"),
    /** No-FS mode without Bootstrap Master Secret (KUDOS, Section 4.4.1). */
    NO_BOOTSTRAP("there is no Bootstrap Master Secret for the no-FS mode"),
    /** FS mode in answer to an offer of no-FS mode (KUDOS, Section 4.4.2). */
    MODE_MISMATCH("the answer is of another mode than the offer"),
    /** Both began at once, and the other one's offer goes first (KUDOS, Section 4.3.3). */
    SIMULTANEOUS("both endpoints began at once: the client's offer counts"),
    /** No genuine response came: loss, an attacker, or a server that does not take part. */
    UNANSWERED("no genuine response came"),
    /** Too many requests wait for the new context. */
    TOO_MANY_WAITING("too many requests wait for a security context"),
    /** Another request of the same client is being dealt with at this moment. */
    BUSY("another request of this client is being dealt with"),
    /** The new context could not be recorded durably. */
    NOT_RECORDED("the new security context could not be recorded");

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
