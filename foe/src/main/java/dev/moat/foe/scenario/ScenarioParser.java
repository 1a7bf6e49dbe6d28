package dev.moat.foe.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a scenario file. A file is a head of {@code keyword value} lines, the word {@code ladder},
 * the three names, and the drawing. Lines that start with {@code #} and empty lines are skipped.
 */
public final class ScenarioParser {
  private static final int MAX_LINES = 400;
  private static final int MAX_LINE_CHARACTERS = 300;

  private final String file;
  private final String source;
  private final HeadParser head = new HeadParser();
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, Boolean> heldThenReleased = new LinkedHashMap<>();
  private Part part = Part.HEAD;
  private int lineNumber;

  private ScenarioParser(String file, String source) {
    this.file = file;
    this.source = source;
  }

  /**
   * Reads {@code source}.
   *
   * @param file what errors call the file
   * @throws ScenarioException with line, column and what was expected there
   */
  public static Scenario parse(String file, String source) throws ScenarioException {
    return new ScenarioParser(file, source).run();
  }

  private Scenario run() throws ScenarioException {
    DrawingParser drawing = new DrawingParser();
    for (String text : source.split("\n", -1)) {
      lineNumber++;
      LineCursor line = new LineCursor(file, lineNumber, text.stripTrailing());
      checkSize(line, text);
      if (!text.isBlank() && !text.stripLeading().startsWith("#")) {
        read(line, drawing);
      }
    }
    return finish();
  }

  private void checkSize(LineCursor line, String text) throws ScenarioException {
    if (lineNumber > MAX_LINES) {
      throw line.expected("a file of at most " + MAX_LINES + " lines");
    }
    if (text.length() > MAX_LINE_CHARACTERS) {
      throw line.expected("a line of at most " + MAX_LINE_CHARACTERS + " characters");
    }
    if (text.indexOf('\t') >= 0) {
      line.backTo(text.indexOf('\t'));
      throw line.expected("blanks instead of a tab, so that columns line up");
    }
  }

  private void read(LineCursor line, DrawingParser drawing) throws ScenarioException {
    switch (part) {
      case HEAD -> {
        if (head.read(line)) {
          part = Part.NAMES;
        }
      }
      case NAMES -> {
        line.expectPhrase("Client Foe Server");
        line.end();
        part = Part.DRAWING;
      }
      case DRAWING -> {
        if (line.blanks().take("(")) {
          steps.add(new RemarkParser(line).read());
        } else {
          drawing
              .read(line, steps.isEmpty() ? null : steps.get(steps.size() - 1))
              .ifPresent(this::add);
          checkHolds(line);
        }
      }
    }
  }

  private void add(Step step) {
    steps.add(step);
  }

  /** A name is held once and released at most once, in this order. */
  private void checkHolds(LineCursor line) throws ScenarioException {
    if (steps.isEmpty() || steps.get(steps.size() - 1).line() != lineNumber) {
      return;
    }
    Step last = steps.get(steps.size() - 1);
    Optional<String> stored = storedBy(last);
    if (stored.isPresent()) {
      if (heldThenReleased.putIfAbsent(stored.get(), false) != null) {
        line.backTo(0);
        throw line.expected("a name that no line above holds already, not " + stored.get());
      }
    } else if (last instanceof Step.Forge forge) {
      checkRecorded(line, forge);
    } else if (last instanceof Step.Release release
        && !Boolean.FALSE.equals(heldThenReleased.replace(release.name(), true))) {
      line.backTo(0);
      throw line.expected(
          "a name that a line above holds and none releases, not " + release.name());
    }
  }

  private static Optional<String> storedBy(Step step) {
    if (!(step instanceof Step.Meet meet)) {
      return Optional.empty();
    }
    if (meet.fate() instanceof Fate.Hold hold) {
      return Optional.of(hold.name());
    }
    return meet.fate() instanceof Fate.Copy copy ? Optional.of(copy.name()) : Optional.empty();
  }

  /** By its own hand Foe repeats what it has as often as it wants. */
  private void checkRecorded(LineCursor line, Step.Forge forge) throws ScenarioException {
    Optional<String> recorded = forge.craft().recorded();
    if (recorded.isPresent() && !heldThenReleased.containsKey(recorded.get())) {
      line.backTo(0);
      throw line.expected("a name that a line above holds or copies, not " + recorded.get());
    }
  }

  private Scenario finish() throws ScenarioException {
    LineCursor end = new LineCursor(file, lineNumber, "");
    if (part != Part.DRAWING || steps.isEmpty()) {
      throw end.expected("a ladder: the line \"ladder\", then \"Client Foe Server\", then arrows");
    }
    return head.finish(end, steps, source);
  }

  private enum Part {
    HEAD,
    NAMES,
    DRAWING
  }
}
