package dev.moat.cli.conform;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What one case found wrong. */
final class Findings {
  private final List<String> problems = new ArrayList<>();

  /** Adds a problem. */
  void problem(String text) {
    problems.add(text);
  }

  /** Adds a problem when the two differ. */
  void same(String what, Object expected, Object actual) {
    if (!Objects.equals(expected, actual)) {
      problem(what + " is " + shown(actual) + ", expected " + shown(expected));
    }
  }

  /** True when nothing was found so far. */
  boolean none() {
    return problems.isEmpty();
  }

  /** The problems, in order. */
  List<String> list() {
    return List.copyOf(problems);
  }

  private static String shown(Object value) {
    String text = String.valueOf(value);
    return text.isEmpty() ? "empty" : text;
  }
}
