package dev.moat.cost.report.html;

/** Text that is safe inside HTML. */
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
        default -> safe.append(Character.isISOControl(c) && c != '\n' ? '?' : c);
      }
    }
    return safe.toString();
  }

  /** An element with escaped text in it. */
  static String element(String name, String text) {
    return "<" + name + ">" + escape(text) + "</" + name + ">";
  }

  /** An element of a class with escaped text in it. */
  static String element(String name, String className, String text) {
    return "<" + name + " class=\"" + className + "\">" + escape(text) + "</" + name + ">";
  }
}
