package dev.moat.conformance.requirements;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One numbered requirement: its id, such as {@code AT-13}, and what it asks. */
record AcceptanceRow(String id, String asks) {
  private static final Pattern ROW = Pattern.compile("\\| ((?:LK|AT|AM)-\\d{2,3}) \\|(.*)\\|\\s*");

  /** The rows of a table in Markdown, in their order. */
  static List<AcceptanceRow> parse(String markdown) {
    List<AcceptanceRow> rows = new ArrayList<>();
    for (String line : markdown.split("\n")) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.add(new AcceptanceRow(row.group(1), whatItAsks(row.group(1), row.group(2))));
      }
    }
    return rows;
  }

  /** LK rows keep the text in their third cell behind the id, the others in their second. */
  private static String whatItAsks(String id, String cells) {
    String[] parts = cells.split("(?<!\\\\)\\|");
    return parts[id.startsWith("LK") ? 2 : 1].strip();
  }
}
