package dev.moat.foe.scenario;

import dev.moat.bytes.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.function.IntPredicate;

/** Reads one line from left to right; every refusal names the place and what was expected there. */
final class LineCursor {
  private static final int MAX_DIGITS = 7;

  private final String file;
  private final int line;
  private final String text;
  private int at;

  LineCursor(String file, int line, String text) {
    this.file = file;
    this.line = line;
    this.text = text;
  }

  int line() {
    return line;
  }

  int position() {
    return at;
  }

  void backTo(int position) {
    at = position;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  /** What follows; nothing when a refusal points into the blanks that were cut off the line. */
  String rest() {
    return text.substring(Math.min(at, text.length()));
  }

  ScenarioException expected(String what) {
    return new ScenarioException(file, line, at + 1, what, rest());
  }

  @CanIgnoreReturnValue
  LineCursor blanks() {
    while (!atEnd() && text.charAt(at) == ' ') {
      at++;
    }
    return this;
  }

  boolean take(String literal) {
    if (!text.startsWith(literal, at)) {
      return false;
    }
    at += literal.length();
    return true;
  }

  /** Takes {@code word} when it stands here as a whole word; blanks before it are skipped. */
  boolean takeWord(String word) {
    int start = blanks().at;
    if (take(word) && (atEnd() || !isNamePart(text.charAt(at)))) {
      return true;
    }
    at = start;
    return false;
  }

  void expect(String literal, String what) throws ScenarioException {
    if (!take(literal)) {
      throw expected(what);
    }
  }

  void expect(String literal) throws ScenarioException {
    expect(literal, "\"" + literal + "\"");
  }

  /** Each word of {@code phrase}, with any number of blanks between. */
  void expectPhrase(String phrase) throws ScenarioException {
    for (String word : phrase.split(" ", -1)) {
      if (!takeWord(word)) {
        throw expected("\"" + phrase + "\", here \"" + word + "\"");
      }
    }
  }

  /** At least {@code least} dashes. */
  void dashes(int least) throws ScenarioException {
    int start = at;
    while (!atEnd() && text.charAt(at) == '-') {
      at++;
    }
    if (at - start < least) {
      throw expected("an arrow's dashes");
    }
  }

  String name(String what) throws ScenarioException {
    if (atEnd() || !Character.isLetter(text.charAt(at))) {
      throw expected(what);
    }
    return span(LineCursor::isNamePart);
  }

  int number(String what) throws ScenarioException {
    int start = blanks().at;
    String digits = span(c -> c >= '0' && c <= '9');
    if (digits.isEmpty() || digits.length() > MAX_DIGITS) {
      at = start;
      throw expected(what);
    }
    return Integer.parseInt(digits);
  }

  String hexDigits(String what) throws ScenarioException {
    int start = blanks().at;
    String digits = span(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    if (digits.isEmpty() || digits.length() % 2 != 0 || digits.length() > 16) {
      at = start;
      throw expected(what);
    }
    return digits;
  }

  Duration duration() throws ScenarioException {
    int amount = number("a time such as \"400 ms\" or \"2 s\"");
    if (takeWord("ms")) {
      return Duration.ofMillis(amount);
    }
    if (takeWord("s")) {
      return Duration.ofSeconds(amount);
    }
    throw expected("\"ms\" or \"s\"");
  }

  String quoted() throws ScenarioException {
    expect("\"", "a text in double quotes");
    int end = text.indexOf('"', at);
    if (end < 0) {
      throw expected("a closing double quote");
    }
    String inside = text.substring(at, end);
    at = end + 1;
    return inside;
  }

  String span(IntPredicate belongs) {
    int start = at;
    while (!atEnd() && belongs.test(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  /** All that is left, without blanks at its ends; never empty. */
  String remainder(String what) throws ScenarioException {
    blanks();
    if (atEnd()) {
      throw expected(what);
    }
    String all = rest().strip();
    at = text.length();
    return all;
  }

  void end() throws ScenarioException {
    blanks();
    if (!atEnd()) {
      throw expected("the end of the line");
    }
  }

  private static boolean isNamePart(int c) {
    return Character.isLetterOrDigit(c);
  }
}
