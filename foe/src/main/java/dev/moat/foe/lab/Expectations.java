package dev.moat.foe.lab;

import dev.moat.foe.judge.Verdict;
import dev.moat.foe.path.Transport;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of expected verdicts. */
public final class Expectations {
  private static final int COLUMNS = 6;

  private final Map<Cell, Expectation> byCell;

  private Expectations(Map<Cell, Expectation> byCell) {
    this.byCell = byCell;
  }

  /** The table that comes with the lab. */
  public static Expectations standard() {
    return Library.expectations();
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
      throw refusal(number, "figure | stacks | transports | verdict | mechanism | why");
    }
    String mechanism = columns.get(4).equals("-") ? "" : columns.get(4);
    Expectation expectation =
        new Expectation(kind(columns.get(3), number), mechanism, columns.get(5));
    for (String stack : words(columns.get(1))) {
      for (String transport : words(columns.get(2))) {
        Cell cell = new Cell(columns.get(0), stack, transport(transport, number));
        if (byCell.put(cell, expectation) != null) {
          throw refusal(
              number,
              "each figure, stack and transport once, but "
                  + stack
                  + " over "
                  + transport
                  + " came before");
        }
      }
    }
  }

  private static List<String> words(String column) {
    return Arrays.stream(column.split(",", -1)).map(String::strip).toList();
  }

  private static Transport transport(String word, int number) {
    try {
      return Transport.named(word);
    } catch (IllegalArgumentException unknown) {
      throw refusal(number, "a transport, but there is " + unknown.getMessage());
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

  /**
   * What {@code figure} must come to against {@code stack}. In virtual time it is what it is over
   * UDP.
   */
  public Optional<Expectation> of(String figure, String stack, Transport transport) {
    Transport where = transport == Transport.VIRTUAL ? Transport.UDP : transport;
    return Optional.ofNullable(byCell.get(new Cell(figure, stack, where)));
  }

  private record Cell(String figure, String stack, Transport transport) {}
}
