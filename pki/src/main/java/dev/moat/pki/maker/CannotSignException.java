package dev.moat.pki.maker;

import dev.moat.cose.key.KeyCurve;

/** The issuer's key agrees and cannot sign. Carries no stack trace. */
public final class CannotSignException extends Exception {
  private static final long serialVersionUID = 1;

  private final KeyCurve curve;

  /** Says which curve the key is of. */
  public CannotSignException(KeyCurve curve) {
    super("keys of " + curve + " cannot sign", null, false, false);
    this.curve = curve;
  }

  /** The curve of the key. */
  public KeyCurve curve() {
    return curve;
  }
}
