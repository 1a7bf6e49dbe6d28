package dev.moat.cost.report.page;

import dev.moat.cost.study.WhatIf;
import java.util.List;

/**
 * All that the page shows.
 *
 * @param title its heading
 * @param lead what it is about, in a few sentences
 * @param command what makes the same numbers again
 * @param verdicts one for each requirement
 * @param sections the charts
 * @param sources where each exchange comes from
 * @param whatIf what every combination of choices costs
 */
public record Page(
    String title,
    List<String> lead,
    String command,
    List<VerdictRow> verdicts,
    List<Section> sections,
    List<SourceRow> sources,
    WhatIf whatIf) {
  /** Keeps copies. */
  public Page {
    lead = List.copyOf(lead);
    verdicts = List.copyOf(verdicts);
    sections = List.copyOf(sections);
    sources = List.copyOf(sources);
  }
}
