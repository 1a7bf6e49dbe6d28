package dev.moat.coap.service;

/** Text that a peer chose, made fit to be shown to people. */
public final class ForeignText {
  /** How many characters are shown; the rest is left out. */
  public static final int MAX_CHARACTERS = 100;

  private static final char REPLACEMENT = '\ufffd';

  private ForeignText() {}

  /**
   * At most {@value #MAX_CHARACTERS} characters of {@code text}. Letters, digits and what ASCII can
   * print stay; all else becomes U+FFFD: control characters, which could forge a line of a log or
   * disturb a screen, and what turns the direction of writing around or cannot be seen.
   */
  public static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(MAX_CHARACTERS)
        .forEach(c -> shown.appendCodePoint(isPlain(c) ? c : REPLACEMENT));
    return shown.toString();
  }

  private static boolean isPlain(int c) {
    return Character.isLetterOrDigit(c) || (c >= ' ' && c <= '~');
  }
}
