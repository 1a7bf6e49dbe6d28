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
  static CoseException reading(CborException cause, Reason ofAnotherKind) {
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
    /** The tag is wrong (Section 5.3). */
    VERIFICATION_FAILED("verification failed");

    private final String rule;

    Reason(String rule) {
      this.rule = rule;
    }
  }
}
