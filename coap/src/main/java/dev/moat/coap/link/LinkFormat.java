package dev.moat.coap.link;

import java.util.List;

/** The text of links (RFC 6690, Section 2). */
public final class LinkFormat {
  private static final String NAME_MARKS = "!#$&+-.^_`|~";
  private static final String TOKEN_MARKS = NAME_MARKS + "%'()*/:<=>?@[]{}";

  private LinkFormat() {}

  /** Reads all links; empty text holds none. */
  public static List<Link> parse(String text) throws LinkFormatException {
    return new LinkParser(text).parse();
  }

  /**
   * Writes links so that {@link #parse} gives them back. Numbers stand bare, all other values in
   * quotes.
   */
  public static String write(List<Link> links) {
    StringBuilder text = new StringBuilder();
    for (Link link : links) {
      text.append(text.length() == 0 ? "<" : ",<").append(link.target()).append('>');
      for (Link.Attribute attribute : link.attributes()) {
        text.append(';').append(attribute.name());
        attribute.value().ifPresent(value -> writeValue(value, text));
      }
    }
    return text.toString();
  }

  private static void writeValue(String value, StringBuilder text) {
    text.append('=');
    if (isNumber(value)) {
      text.append(value);
      return;
    }
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      if (character == '"' || character == '\\') {
        text.append('\\');
      }
      // A reader would refuse a control character, so none is written.
      text.append(Character.isISOControl(character) ? ' ' : character);
    }
    text.append('"');
  }

  private static boolean isNumber(String value) {
    return !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** True for what may stand between the angle brackets. */
  static boolean isTarget(char character) {
    return character > ' ' && "<>\"\u007f".indexOf(character) < 0;
  }

  /**
   * True for a name: token characters, perhaps with a star at the end (RFC 5987, Section 3.2.1).
   */
  static boolean isName(String name) {
    int end = name.endsWith("*") ? name.length() - 1 : name.length();
    return end > 0 && name.substring(0, end).chars().allMatch(c -> isNameCharacter((char) c));
  }

  static boolean isNameCharacter(char character) {
    return isLetterOrDigit(character) || NAME_MARKS.indexOf(character) >= 0;
  }

  static boolean isTokenCharacter(char character) {
    return isLetterOrDigit(character) || TOKEN_MARKS.indexOf(character) >= 0;
  }

  private static boolean isLetterOrDigit(char character) {
    return character < 0x80 && Character.isLetterOrDigit(character);
  }
}
