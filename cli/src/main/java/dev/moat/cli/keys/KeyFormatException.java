package dev.moat.cli.keys;

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

  /** The rule that is broken, as the end of a sentence that begins with the file's name. */
  public String rule() {
    return String.valueOf(getMessage());
  }

  /** What to do about it. */
  public String advice() {
    return advice;
  }
}
