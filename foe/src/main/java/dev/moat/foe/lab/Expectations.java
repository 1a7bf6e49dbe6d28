package dev.moat.foe.lab;

import dev.moat.foe.judge.Verdict;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of expected verdicts. */
public final class Expectations {
  private static final int COLUMNS = 5;

  private final Map<Cell, Expectation> byCell;

  private Expectations(Map<Cell, Expectation> byCell) {
    this.byCell = byCell;
  }

  /**
   * Reads a table.
   *
   * @throws IllegalArgumentException naming the line and what was expected there
   */
  public static Expectations parse(String text) {
    Map<Cell, Expectation> byCell = new HashMap<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        read(line, number, byCell);
      }
    }
    return new Expectations(byCell);
  }

  private static void read(String line, int number, Map<Cell, Expectation> byCell) {
    List<String> columns = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
    if (columns.size() != COLUMNS) {
      throw refusal(number, "figure | stacks | verdict | mechanism | why");
    }
    String mechanism = columns.get(3).equals("-") ? "" : columns.get(3);
    Expectation expectation =
        new Expectation(kind(columns.get(2), number), mechanism, columns.get(4));
    for (String stack : columns.get(1).split(",", -1)) {
      if (byCell.put(new Cell(columns.get(0), stack.strip()), expectation) != null) {
        throw refusal(number, "each figure and stack once, but " + stack.strip() + " came before");
      }
    }
  }

  private static Verdict.Kind kind(String word, int number) {
    return Arrays.stream(Verdict.Kind.values())
        .filter(kind -> kind.title().equals(word))
        .findFirst()
        .orElseThrow(() -> refusal(number, "succeeded, withstood, detected or not-applicable"));
  }

  private static IllegalArgumentException refusal(int number, String expected) {
    return new IllegalArgumentException(
        "expected verdicts, line " + number + ": expected " + expected);
  }

  /** What {@code figure} must come to against {@code stack}. */
  public Optional<Expectation> of(String figure, String stack) {
    return Optional.ofNullable(byCell.get(new Cell(figure, stack)));
  }

  private record Cell(String figure, String stack) {}
}
