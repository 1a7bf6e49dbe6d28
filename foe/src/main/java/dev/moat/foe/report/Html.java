package dev.moat.foe.report;

/** Text that is safe inside HTML and SVG. */
final class Html {
  private Html() {}

  /** {@code text} with the characters of markup escaped, for content and quoted attributes. */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c < ' ' && c != '\n' ? '?' : c);
      }
    }
    return safe.toString();
  }

  /** A name that may stand in an id and behind # in an address. */
  static String anchor(String text) {
    return text.replaceAll("[^A-Za-z0-9-]", "-");
  }
}
