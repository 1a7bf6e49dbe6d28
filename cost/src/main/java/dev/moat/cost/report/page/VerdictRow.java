package dev.moat.cost.report.page;

import java.util.List;

/**
 * What was found about a requirement.
 *
 * @param id as LK-112
 * @param asked what is asked, with its level and section
 * @param status how it stands
 * @param finding what was found
 * @param byHowMuch for a missed one how far it is; else empty
 * @param help what would help, for a missed one
 * @param cases the figures one by one
 */
public record VerdictRow(
    String id,
    String asked,
    Status status,
    String finding,
    String byHowMuch,
    List<String> help,
    Table cases) {

  /** How a requirement stands. */
  public enum Status {
    /** It holds. */
    MET("met"),
    /** It does not hold. */
    MISSED("missed"),
    /** A number without a bound, or one that says little about the device. */
    REPORTED("reported");

    private final String words;

    Status(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** Keeps a copy. */
  public VerdictRow {
    help = List.copyOf(help);
  }
}
