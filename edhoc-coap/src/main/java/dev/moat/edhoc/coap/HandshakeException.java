package dev.moat.edhoc.coap;

import dev.moat.oscore.rekey.ExplainedFailure;

/**
 * A handshake over CoAP came to no security context. Carries no stack trace, because anyone on the
 * network can cause it.
 */
public final class HandshakeException extends Exception implements ExplainedFailure {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  /** A failed check. */
  public HandshakeException(Reason reason) {
    super(reason.description(), null, false, false);
    this.reason = reason;
  }

  /** A failed check, with what is known of it; no secret, no octet that a peer chose freely. */
  public HandshakeException(Reason reason, String detail) {
    super(reason.description() + ": " + detail, null, false, false);
    this.reason = reason;
  }

  /** Which check failed. */
  public Reason reason() {
    return reason;
  }

  @Override
  public String explanation() {
    return String.valueOf(getMessage());
  }

  /** The checks. Sections without a document are of RFC 9528. */
  public enum Reason {
    /** The application hash is none of HKDF's, so that OSCORE cannot derive keys (Appendix A.1). */
    NO_OSCORE_HKDF("the suite's application hash has no HKDF for OSCORE"),
    /** A connection identifier does not fit into the AEAD's nonce (RFC 8613, Section 3.3). */
    ID_TOO_LONG("a connection identifier is too long for OSCORE's nonce"),
    /** C_I equals C_R: both sides would use one key and the same nonces (Section 3.3.3). */
    SAME_IDS("both connection identifiers are equal"),
    /** The new context's Recipient ID has been given to another context meanwhile. */
    ID_TAKEN("the connection identifier was given to another security context"),
    /** There is no room for a handshake, or no identifier left. */
    NO_ROOM("too many handshakes are under way"),
    /** The new context could not be recorded durably. */
    NOT_RECORDED("the new security context could not be recorded"),
    /** No genuine response came: loss, an attacker, or a server that does not take part. */
    UNANSWERED("no genuine response came"),
    /** The server asks to come back later, or someone says so. */
    BUSY("the server asks to come back later"),
    /** The peer sent an error message, or someone did (Section 6). */
    PEER_ERROR("the peer reports an error"),
    /** A message of the peer was refused by a check of EDHOC. */
    REFUSED("the handshake was refused");

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
