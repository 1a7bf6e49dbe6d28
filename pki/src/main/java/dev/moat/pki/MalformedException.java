package dev.moat.pki;

/** Octets that are no certificate or revocation list in DER. Carries no stack trace. */
public final class MalformedException extends Exception {
  private static final long serialVersionUID = 1;

  private final String what;

  /** Says what is malformed. */
  public MalformedException(String what) {
    super(what, null, false, false);
    this.what = what;
  }

  /** What is malformed, such as {@code malformed certificate}. */
  public String what() {
    return what;
  }
}
