package dev.moat.cli.edn;

import dev.moat.bytes.Bytes;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The characters and words of a text, with blanks and comments left out. Owned by one thread. */
final class EdnScanner {
  private static final char END = '\0';
  private static final Pattern BLANK = Pattern.compile("(?:\\s|#[^\n]*|/[^/]*/)+");
  private static final Pattern INTEGER = Pattern.compile("-?(?:0x[0-9a-fA-F]{1,15}|[0-9]{1,18})");
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
  private static final Pattern DIGITS = Pattern.compile("(?:[0-9a-fA-F]{2})*");
  private static final String ESCAPES = "\"\\/'bfnrt";
  private static final String ESCAPED = "\"\\/'\b\f\n\r\t";

  private final String text;
  private int position;

  EdnScanner(String text) {
    this.text = text;
  }

  /** An error at the position. */
  EdnException wrong(String rule) {
    int end = Math.min(position, text.length());
    int line = 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
    return new EdnException(rule, line);
  }

  /** The next character that counts, without taking it. */
  char peek() {
    Matcher blank = BLANK.matcher(text).region(position, text.length());
    if (blank.lookingAt()) {
      position = blank.end();
    }
    return position < text.length() ? text.charAt(position) : END;
  }

  /** Takes {@code wanted} if it comes next. */
  boolean accept(char wanted) {
    boolean there = peek() == wanted;
    position += there ? 1 : 0;
    return there;
  }

  /** Takes {@code wanted}, which has to come next. */
  void expect(char wanted) throws EdnException {
    if (!accept(wanted)) {
      throw wrong(peek() == END ? "ends too early" : "lacks a '" + wanted + "'");
    }
  }

  /** Takes a comma, unless the container ends; as in JSON none stands before the end. */
  void separator(char end) throws EdnException {
    if (peek() != end) {
      expect(',');
    }
  }

  /** True when nothing that counts is left. */
  boolean isAtEnd() {
    return peek() == END;
  }

  /** Refuses what stands behind the item. */
  void end() throws EdnException {
    if (peek() != END) {
      throw wrong("goes on behind its end");
    }
  }

  /** Takes letters; none is an empty word. */
  String word() {
    Matcher word = WORD.matcher(text).region(position, text.length());
    if (!word.lookingAt()) {
      return "";
    }
    position = word.end();
    return word.group();
  }

  /** Takes a whole number. */
  long integer() throws EdnException {
    Matcher number = INTEGER.matcher(text).region(position, text.length());
    boolean whole = number.lookingAt();
    char next = whole && number.end() < text.length() ? text.charAt(number.end()) : END;
    if (!whole || next == '.' || Character.isLetterOrDigit(next)) {
      throw wrong("has a number that is not whole or too large");
    }
    position = number.end();
    return Long.decode(decimal(number.group()));
  }

  /** Without leading zeros, which would make it octal. */
  private static String decimal(String digits) {
    return digits.contains("x") ? digits : digits.replaceFirst("^(-?)0+(?=[0-9])", "$1");
  }

  /** Takes a text in double quotes. */
  String text() throws EdnException {
    return string('"');
  }

  /** Takes a text in single quotes. */
  String quoted() throws EdnException {
    return string('\'');
  }

  private String string(char quote) throws EdnException {
    StringBuilder content = new StringBuilder();
    expect(quote);
    while (position < text.length() && text.charAt(position) != quote) {
      char next = text.charAt(position++);
      content.append(next == '\\' ? escaped() : next);
    }
    if (position == text.length()) {
      throw wrong("has a text without an end");
    }
    position++;
    return content.toString();
  }

  private char escaped() throws EdnException {
    char next = position < text.length() ? text.charAt(position++) : END;
    int index = ESCAPES.indexOf(next);
    if (index >= 0) {
      return ESCAPED.charAt(index);
    }
    int end = position + 4;
    if (next != 'u'
        || end > text.length()
        || !DIGITS.matcher(text.substring(position, end)).matches()) {
      throw wrong("has an unknown escape in a text");
    }
    char character = (char) Integer.parseInt(text.substring(position, end), 16);
    position = end;
    return character;
  }

  /** Takes hexadecimal digits in single quotes, with blanks between them. */
  Bytes hex() throws EdnException {
    String digits = quoted().replaceAll("\\s", "");
    if (!DIGITS.matcher(digits).matches()) {
      throw wrong("has h'..' without pairs of hexadecimal digits");
    }
    return Bytes.hex(digits);
  }

  /** Takes base64 of either alphabet in single quotes. */
  Bytes base64() throws EdnException {
    String digits = quoted().replaceAll("\\s", "").replace('-', '+').replace('_', '/');
    try {
      return Bytes.owned(Base64.getDecoder().decode(digits));
    } catch (IllegalArgumentException e) {
      throw wrong("has b64'..' without base64 in it");
    }
  }
}
