package dev.moat.cost.report;

import dev.moat.cost.verdict.Case;
import dev.moat.cost.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the figures say about the requirements. */
public final class VerdictSheet {
  private static final List<Column> COLUMNS =
      List.of(
          Column.words("requirement", "row"),
          Column.words("level", "level"),
          Column.words("section", "section"),
          Column.words("verdict", "verdict"),
          Column.words("words", "asked"),
          Column.words("finding", "found"),
          Column.words("byHowMuch", "by how much"),
          Column.words("help", "what helps"));
  private static final List<Column> CASE_COLUMNS =
      List.of(
          Column.words("requirement", "row"),
          Column.words("subject", "subject"),
          Column.words("value", "figure"),
          Column.words("limit", "limit"),
          Column.truth("met", "kept"),
          Column.words("excess", "by how much"));

  private VerdictSheet() {}

  /** A row for each requirement. */
  public static Sheet of(List<Verdict> verdicts) {
    return new Sheet(
        "verdicts",
        "Verdicts",
        COLUMNS,
        verdicts.stream().map(VerdictSheet::row).toList(),
        List.of());
  }

  /** A row for each figure that verdicts rest on, or that is shown beside. */
  public static Sheet cases(List<Verdict> verdicts) {
    List<List<String>> rows = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      for (Case one : verdict.cases()) {
        rows.add(
            List.of(
                verdict.requirement().row(),
                one.subject(),
                one.value(),
                one.limit(),
                one.limit().isEmpty() ? "" : Figures.truth(one.met()),
                one.excess()));
      }
    }
    return new Sheet("cases", "What the verdicts rest on", CASE_COLUMNS, rows, List.of());
  }

  /** Lines for people: wider than any table can be. */
  public static List<String> lines(List<Verdict> verdicts) {
    List<String> lines = new ArrayList<>(List.of("Verdicts"));
    for (Verdict one : verdicts) {
      String asked = one.requirement().level() + ": " + one.requirement().words();
      lines.add(one.requirement().row() + " " + word(one) + "  " + asked);
      lines.add("  " + one.finding());
      String excess = excess(one);
      if (!excess.isEmpty()) {
        lines.add("  missed: " + excess);
      }
      String help = help(one);
      if (!help.isEmpty()) {
        lines.add("  helps: " + help);
      }
    }
    return lines;
  }

  private static List<String> row(Verdict one) {
    return List.of(
        one.requirement().row(),
        one.requirement().level().name().toLowerCase(Locale.ROOT),
        one.requirement().section(),
        word(one).strip(),
        one.requirement().words(),
        one.finding(),
        excess(one),
        help(one));
  }

  /** Of the same length each. */
  private static String word(Verdict one) {
    if (one instanceof Verdict.Missed) {
      return "missed  ";
    }
    return one instanceof Verdict.Met ? "met     " : "reported";
  }

  private static String excess(Verdict one) {
    return one instanceof Verdict.Missed missed ? missed.byHowMuch() : "";
  }

  private static String help(Verdict one) {
    return one instanceof Verdict.Missed missed ? String.join("; ", missed.help()) : "";
  }
}
