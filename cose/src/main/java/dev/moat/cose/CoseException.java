package dev.moat.cose;

import dev.moat.cbor.CborException;
import org.jspecify.annotations.Nullable;

/**
 * Octets that are no COSE structure of ours, or one that does not hold.
 *
 * <p>Carries no stack trace, because anyone on the network can cause it.
 */
public final class CoseException extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  /** A check that failed. */
  public CoseException(Reason reason) {
    this(reason, null);
  }

  private CoseException(Reason reason, @Nullable CborException cause) {
    super(reason.rule, cause, false, false);
    this.reason = reason;
  }

  /**
   * A failure to read: another kind of item than the structure has here, which is {@code
   * ofAnotherKind}, or no deterministic CBOR at all.
   */
  public static CoseException reading(CborException cause, Reason ofAnotherKind) {
    boolean wellFormed = cause.reason() == CborException.Reason.UNEXPECTED_ITEM;
    return new CoseException(wellFormed ? ofAnotherKind : Reason.MALFORMED_CBOR, cause);
  }

  /** Which check failed. */
  public Reason reason() {
    return reason;
  }

  /** The checks; sections are those of RFC 9052 where no other document is named. */
  public enum Reason {
    /** No deterministic CBOR (Section 9). */
    MALFORMED_CBOR("no deterministic CBOR"),
    /** Another tag than 16, or no array of three with the right kinds of items (Section 5.2). */
    NOT_ENCRYPT0("not a COSE_Encrypt0"),
    /** The ciphertext is nil: it travels elsewhere (Section 5.2). */
    DETACHED_CIPHERTEXT("a detached ciphertext is not supported"),
    /** Another tag than 18, or no array of four with the right kinds of items (Section 4.2). */
    NOT_SIGN1("not a COSE_Sign1"),
    /** The payload is nil: it travels elsewhere (Section 4.1). */
    DETACHED_PAYLOAD("a detached payload is not supported"),
    /** A header parameter has the wrong type or stands in the wrong map (Section 3.1). */
    BAD_HEADER("a header parameter of the wrong type or in the wrong place"),
    /** A label stands in both maps (Section 3). */
    DUPLICATE_LABEL("a header parameter is both protected and unprotected"),
    /** A critical parameter is unknown or absent (Section 3.1, crit). */
    UNKNOWN_CRITICAL("a critical header parameter is unknown or absent"),
    /** IV and Partial IV together (Section 3.1). */
    TWO_IVS("both IV and Partial IV"),
    /** Nothing names the algorithm (Section 3.1, alg). */
    NO_ALGORITHM("no algorithm"),
    /** The algorithm is none that Moat has (RFC 9053, Section 4). */
    UNKNOWN_ALGORITHM("an unknown algorithm"),
    /** No IV, no Partial IV with a Base IV, or one of the wrong length (Section 3.1). */
    BAD_IV("no IV of the algorithm's length"),
    /** No symmetric COSE_Key (Section 7; RFC 9053, Section 7.2.3). */
    BAD_KEY("not a symmetric key"),
    /** The key is for another algorithm, another use, or of another length (Section 7.1). */
    KEY_NOT_FOR_THIS("the key is not meant for this algorithm or operation"),
    /** The tag or the signature is wrong (Sections 4.4 and 5.3). */
    VERIFICATION_FAILED("verification failed"),
    /** No EC2 or OKP COSE_Key, or one without what it needs (RFC 9053, Sections 7.1 and 7.2). */
    BAD_PUBLIC_KEY("not a public key of its curve"),
    /** The curve is none that Moat has (RFC 9053, Section 7.1). */
    UNKNOWN_CURVE("an unknown curve"),
    /** The coordinates are no point of the curve (RFC 9053, Section 7.1.1). */
    NOT_ON_CURVE("a point that is not on its curve"),
    /** A private key where only a public key may stand. */
    EXPOSED_PRIVATE_KEY("a private key stands where a public key should"),
    /** No private COSE_Key (RFC 9053, Sections 7.1.1 and 7.2), or one out of range. */
    BAD_PRIVATE_KEY("not a private key of its curve"),
    /** The private key has another public key than it says. */
    KEYS_DO_NOT_MATCH("the private key does not belong to the public key"),
    /** No claims set, CWT or certificate (RFC 8392, Section 3; RFC 5280, Section 4.1). */
    BAD_CREDENTIAL("not a credential of its type"),
    /** No COSE_Key in a cnf claim (RFC 9528, Section 3.5.3.1; RFC 8747, Section 3.2). */
    NO_KEY("the credential has no key"),
    /** A credential or a chain is longer than Moat takes. */
    CREDENTIAL_TOO_LARGE("the credential or chain is too large"),
    /** No header map that identifies a credential (RFC 9528, Section 3.5.3; RFC 9360). */
    BAD_ID_CRED("not an identifier of a credential");

    private final String rule;

    Reason(String rule) {
      this.rule = rule;
    }
  }
}
