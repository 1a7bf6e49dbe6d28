package dev.moat.endpoint.stream.tls;

/** Makes what a peer chose fit for a sentence. */
final class Words {
  private static final int MAX_CHARACTERS = 100;

  private Words() {}

  /** At most 100 characters, no control characters: nothing that could forge a line of a log. */
  static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(MAX_CHARACTERS)
        .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? '\ufffd' : c));
    return shown.toString();
  }
}
