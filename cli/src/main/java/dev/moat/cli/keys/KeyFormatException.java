package dev.moat.cli.keys;

import dev.moat.pki.maker.CannotSignException;

/** A file that holds no key, or one that cannot be used. The message never quotes the file. */
public final class KeyFormatException extends Exception {
  private static final long serialVersionUID = 1;

  private final String advice;

  /**
   * Tells which rule is broken.
   *
   * @param rule the end of a sentence that begins with the place
   * @param advice what to do about it, as a sentence
   */
  public KeyFormatException(String rule, String advice) {
    super(rule, null, false, false);
    this.advice = advice;
  }

  /** Of an issuer whose key cannot sign. */
  static KeyFormatException of(CannotSignException e) {
    return new KeyFormatException(
        "has a key that cannot sign (" + CurveNames.of(e.curve()) + ")",
        "Keys of X25519 and X448 agree and cannot sign: have the certificate signed by an"
            + " authority, with --ca.");
  }

  /** The rule that is broken, as the end of a sentence that begins with the file's name. */
  public String rule() {
    return String.valueOf(getMessage());
  }

  /** What to do about it. */
  public String advice() {
    return advice;
  }
}
