package dev.moat.edhoc;

import dev.moat.cbor.CborException;

/**
 * A message, a credential or a step that does not hold.
 *
 * <p>What the peer is told is less than what the reason says: {@link Reason#peerText()}. Carries no
 * stack trace, because anyone on the network can cause it.
 */
public final class EdhocException extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  /** A failed check. */
  public EdhocException(Reason reason) {
    super(reason.rule, null, false, false);
    this.reason = reason;
  }

  /** A failed check with what made it fail. */
  public EdhocException(Reason reason, Throwable cause) {
    super(reason.rule + ": " + cause.getMessage(), cause, false, false);
    this.reason = reason;
  }

  /** A sequence of CBOR that could not be read as the message it should be. */
  public static EdhocException reading(CborException cause) {
    return new EdhocException(
        switch (cause.reason()) {
          case UNEXPECTED_ITEM -> Reason.UNEXPECTED_ITEM;
          case TRUNCATED -> Reason.TRUNCATED;
          case TRAILING_OCTETS -> Reason.TRAILING_ITEMS;
          case TOO_LARGE -> Reason.TOO_LONG;
          default -> Reason.NOT_DETERMINISTIC;
        },
        cause);
  }

  /** Which check failed. */
  public Reason reason() {
    return reason;
  }

  /** The checks. Sections without a document are of RFC 9528. */
  public enum Reason {
    /** An item of another kind than the message has here (Section 9.8). */
    UNEXPECTED_ITEM("9.8", "another kind of item is expected here"),
    /** The message ends within or before an item (Section 9.8). */
    TRUNCATED("9.8", "the message ends too early"),
    /** Items or octets behind the last one (Section 9.8). */
    TRAILING_ITEMS("9.8", "the message goes on behind its last item"),
    /** No deterministic CBOR (Section 3.1; RFC 8949, Section 4.2.1). */
    NOT_DETERMINISTIC("3.1", "no deterministic CBOR"),
    /** Longer than this stack reads or writes (Section 3.4). */
    TOO_LONG("3.4", "a message or field is longer than supported"),
    /** SUITES_I or SUITES_R is no integer and no array of two or more (Section 5.2.1). */
    BAD_SUITES("5.2.1", "the cipher suites are not in their form"),
    /** An identifier in another form than its only one (Section 3.3.2). */
    BAD_CONNECTION_ID("3.3.2", "the connection identifier is not in its form"),
    /** No header map, or not in its only form (Sections 3.5.3 and 3.5.3.2). */
    BAD_ID_CRED("3.5.3.2", "ID_CRED is not in its form"),
    /** EAD that is no sequence of labels with or without value (Section 3.8). */
    BAD_EAD("3.8", "external authorization data is not in its form"),
    /** Signature_or_MAC has the wrong length (Section 9.8). */
    BAD_SIGNATURE_OR_MAC_LENGTH("9.8", "Signature_or_MAC has the wrong length"),
    /** G_X or G_Y has the wrong length or is no valid public key (Sections 3.7 and 9.2). */
    BAD_EPHEMERAL_KEY("9.2", "the ephemeral key is not valid"),
    /** An error message whose ERR_INFO is not what its code demands (Section 6). */
    BAD_ERROR("6", "the error message is not in its form"),
    /** METHOD is none that is allowed here (Section 3.2). */
    METHOD_NOT_SUPPORTED("3.2", "Method not supported"),
    /** The selected suite is not the first supported one of SUITES_I (Sections 5.2.3 and 6.3). */
    WRONG_SUITE("6.3", "wrong selected cipher suite"),
    /** The peer's connection identifier makes both Recipient IDs equal (Section 3.3.3). */
    SAME_CONNECTION_ID("3.3.3", "C_R equals C_I"),
    /** A critical EAD item that nobody here knows (Section 3.8). */
    UNKNOWN_CRITICAL_EAD("3.8", "Unknown critical EAD item"),
    /** The application refused an EAD item, or aborted because of it (Section 3.8). */
    EAD_REFUSED("3.8", "an EAD item was refused by the application"),
    /** A reference to a credential that is not there (Section 6.4). */
    UNKNOWN_CREDENTIAL("6.4", "unknown credential referenced"),
    /** The way in which the credential is identified is not supported (Section 6.4). */
    UNSUPPORTED_CREDENTIAL("3.5.3", "the type of ID_CRED or of the credential is not supported"),
    /** The credential does not pass validation (Appendix D.1). */
    UNTRUSTED_CREDENTIAL("D.1", "the credential is not trusted"),
    /** The peer claims this endpoint's own credential: a reflection (Appendix D.2). */
    OWN_CREDENTIAL("D.2", "the peer claims the own credential"),
    /** The policy does not let this identity take part (Appendix D.2). */
    IDENTITY_REFUSED("D.2", "the identity is not allowed here"),
    /** The credential's key does not fit method and suite (Section 3.5.1). */
    UNSUITABLE_KEY("3.5.1", "the authentication key does not fit method and suite"),
    /** Signature_or_MAC does not verify (Sections 5.3.3 and 5.4.3). */
    AUTHENTICATION_FAILED("5.3.3", "Signature_or_MAC does not verify"),
    /** CIPHERTEXT_3 or CIPHERTEXT_4 does not verify (Sections 5.4.3 and 5.5.3). */
    DECRYPTION_FAILED("5.4.3", "the ciphertext does not verify"),
    /** The PSK was provisioned for another hash (draft-ietf-lake-edhoc-psk, Section 9.5). */
    PSK_FOR_OTHER_HASH("psk 9.5", "the pre-shared key belongs to another hash"),
    /** The peer reported an error (Section 6). */
    PEER_ERROR("6", "the peer sent an error message"),
    /** No way on with the suites that the peer offers, or a third guess (Section 6.3.1). */
    NO_COMMON_SUITE("6.3.1", "no cipher suite in common"),
    /** This endpoint has no credential of its own for method and suite (Section 3.5). */
    NO_OWN_CREDENTIAL("3.5", "no own credential for this method and suite"),
    /** The session ended before, or lacks the capacity to go on (Section 5.1). */
    SESSION_ENDED("5.1", "the session has ended");

    private final String section;
    private final String rule;

    Reason(String section, String rule) {
      this.section = section;
      this.rule = rule;
    }

    /** The section of RFC 9528, or of the PSK draft, that the check comes from. */
    public String section() {
      return section;
    }

    /** One line for people; no secret, no value of a message. */
    public String description() {
      return rule;
    }

    /** The ERR_CODE of an error message for this reason (Section 6). */
    public int errorCode() {
      return switch (this) {
        case WRONG_SUITE -> 2;
        case UNKNOWN_CREDENTIAL -> 3;
        default -> 1;
      };
    }

    /**
     * False where no error message may follow: the peer's own error is not answered (Section 6),
     * and behind the end of a session there is none to abort (Section 5.1).
     */
    public boolean isAnswered() {
      return this != PEER_ERROR && this != SESSION_ENDED && this != BAD_ERROR;
    }

    /**
     * What ERR_INFO of code 1 tells the peer. Whatever has to do with who the peer is looks alike,
     * so that answers cannot be used to probe credentials and policies.
     */
    public String peerText() {
      return switch (this) {
        case UNTRUSTED_CREDENTIAL,
            OWN_CREDENTIAL,
            IDENTITY_REFUSED,
            UNSUITABLE_KEY,
            AUTHENTICATION_FAILED,
            DECRYPTION_FAILED,
            PSK_FOR_OTHER_HASH ->
            "Authentication failed";
        case EAD_REFUSED, NO_COMMON_SUITE, NO_OWN_CREDENTIAL -> "Aborted";
        default -> rule;
      };
    }
  }
}
