package dev.moat.cli.edn;

/** A text that is no diagnostic notation. The message never quotes the text. */
public final class EdnException extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;

  EdnException(String rule, int line) {
    super(rule, null, false, false);
    this.line = line;
  }

  /** The rule that is broken, as the end of a sentence that begins with the file's name. */
  public String rule() {
    return String.valueOf(getMessage());
  }

  /** The line, from 1 on. */
  public int line() {
    return line;
  }
}
