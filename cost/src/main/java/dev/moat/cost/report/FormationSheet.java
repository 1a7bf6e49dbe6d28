package dev.moat.cost.report;

import dev.moat.cost.study.Formation;
import java.util.List;

/** How long 6TiSCH networks take to form. */
public final class FormationSheet {
  private static final List<Column> COLUMNS =
      List.of(
          Column.words("protocol", "protocol"),
          Column.number("nodes", "nodes"),
          Column.number("framesPerJoin", "frames per join"),
          Column.number("meanSeconds", "joined in the mean s"),
          Column.number("lastSeconds", "last joined s"),
          Column.truth("complete", "complete"));

  private FormationSheet() {}

  /** The table. */
  public static Sheet of(List<Formation> formations) {
    return new Sheet(
        "formation",
        "6TiSCH networks forming, in simulation",
        COLUMNS,
        formations.stream().map(FormationSheet::row).toList(),
        List.of());
  }

  private static List<String> row(Formation one) {
    return List.of(
        one.protocol(),
        Integer.toString(one.nodes()),
        Integer.toString(one.framesPerJoin()),
        Figures.fixed(one.meanSeconds(), 1),
        Figures.fixed(one.lastSeconds(), 1),
        Figures.truth(one.complete()));
  }
}
