package dev.moat.cost.report;

/**
 * A column of a table.
 *
 * @param key a key for scripts, with the unit in it
 * @param heading what people read, with the unit in it
 * @param kind what stands in it
 */
public record Column(String key, String heading, Kind kind) {
  /** What stands in a column. */
  public enum Kind {
    /** Words. */
    WORDS,
    /** Numbers in decimal digits. */
    NUMBER,
    /** {@code yes} or {@code no}. */
    TRUTH
  }

  /** A column of words. */
  public static Column words(String key, String heading) {
    return new Column(key, heading, Kind.WORDS);
  }

  /** A column of numbers. */
  public static Column number(String key, String heading) {
    return new Column(key, heading, Kind.NUMBER);
  }

  /** A column of what is so or not. */
  public static Column truth(String key, String heading) {
    return new Column(key, heading, Kind.TRUTH);
  }
}
