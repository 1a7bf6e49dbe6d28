package dev.moat.foe.scenario;

/** A scenario file that cannot be read: where, what was expected, and what stands there instead. */
public final class ScenarioException extends Exception {
  private static final long serialVersionUID = 1;
  private static final int SHOWN = 30;

  private final String file;
  private final int line;
  private final int column;
  private final String expected;

  ScenarioException(String file, int line, int column, String expected, String found) {
    super(
        file + ":" + line + ":" + column + ": expected " + expected + ", found " + shown(found),
        null,
        false,
        false);
    this.file = file;
    this.line = line;
    this.column = column;
    this.expected = expected;
  }

  private static String shown(String found) {
    String text = found.strip();
    if (text.isEmpty()) {
      return "the end of the line";
    }
    return "\"" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text) + "\"";
  }

  /** The file's name, as given to the parser. */
  public String file() {
    return file;
  }

  /** The line, from 1. */
  public int line() {
    return line;
  }

  /** The column, from 1. */
  public int column() {
    return column;
  }

  /** What should stand there. */
  public String expected() {
    return expected;
  }
}
