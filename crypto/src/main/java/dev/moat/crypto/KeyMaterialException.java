package dev.moat.crypto;

/** Octets that are no key, or a public key that must not be used. Carries no stack trace. */
public final class KeyMaterialException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Tells which rule is broken. */
  public KeyMaterialException(Reason reason) {
    super(reason.text, null, false, false);
    this.reason = reason;
  }

  /** Which rule is broken. */
  public Reason reason() {
    return reason;
  }

  /** The rules, a constant each. */
  public enum Reason {
    /** The key's length is not the algorithm's. */
    WRONG_LENGTH("the key has the wrong length"),
    /** The coordinate is not below the field's prime. */
    NOT_REDUCED("the coordinate is not below the field's prime"),
    /** No point of the curve has this coordinate, or these coordinates. */
    NOT_ON_CURVE("the point is not on the curve"),
    /** The point has a small order: every shared secret or signature with it is predictable. */
    LOW_ORDER("the point has a low order"),
    /** The private key is zero or not below the group's order. */
    SCALAR_OUT_OF_RANGE("the private key is out of range"),
    /** The shared secret is all zero (RFC 7748, Section 6). */
    ZERO_SHARED_SECRET("the shared secret is zero"),
    /** The provider has no such curve or algorithm. */
    UNSUPPORTED("the provider does not support this curve");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }
}
