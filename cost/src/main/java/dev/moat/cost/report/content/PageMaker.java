package dev.moat.cost.report.content;

import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.cost.report.page.Page;
import dev.moat.cost.report.page.Section;
import dev.moat.cost.report.page.SourceRow;
import dev.moat.cost.study.CostedExchange;
import dev.moat.cost.study.Study;
import dev.moat.cost.study.WhatIf;
import dev.moat.cost.verdict.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts a page together from a study. */
public final class PageMaker {
  private PageMaker() {}

  /**
   * The page of a whole comparison. Sections that a study has nothing for are left out.
   *
   * @param verdicts on the requirements, in their order
   * @param whatIf what the reader can move through
   * @param command what makes the same numbers again
   */
  public static Page make(Study study, List<Verdict> verdicts, WhatIf whatIf, String command) {
    return new Page(
        "What a handshake costs on LoRaWAN, 6TiSCH and NB-IoT",
        List.of(
            "EDHOC over CoAP beside DTLS and TLS: datagrams as this stack sent them when the page was"
                + " made, costed by models of three constrained radios. Figures of protocols that"
                + " did not run here are read from documents, and marked as published wherever they"
                + " stand.",
            "Octets, packets, frames and times on air are exact for what was sent; energy and"
                + " battery life follow published profiles of a modem, and no radio was measured."),
        command,
        VerdictRows.of(verdicts),
        sections(study),
        sources(study, whatIf),
        whatIf);
  }

  private static List<Section> sections(Study study) {
    List<Shown> rows = Shown.of(study.exchanges());
    List<Section> sections = new ArrayList<>();
    sections.add(SizeSection.of(rows));
    sections.add(AirSection.of(rows, study.settings()));
    sections.add(FrameSection.of(rows));
    if (!study.formation().isEmpty()) {
      sections.add(FormationSection.of(study.formation()));
    }
    sections.add(EnergySection.of(rows));
    if (!study.overheads().isEmpty()) {
      sections.add(RecordSection.of(study.overheads()));
    }
    if (!study.device().methods().isEmpty()) {
      sections.add(DeviceSection.of(study.device()));
    }
    sections.add(RepeatSection.of(study.repeats()));
    return sections;
  }

  /** Every exchange that is anywhere on the page, once. */
  private static List<SourceRow> sources(Study study, WhatIf whatIf) {
    Set<String> seen = new HashSet<>();
    return Stream.concat(
            study.exchanges().stream().map(CostedExchange::exchange),
            whatIf.runs().stream().map(WhatIf.Run::exchange))
        .filter(one -> seen.add(one.id()))
        .map(PageMaker::source)
        .toList();
  }

  private static SourceRow source(RecordedExchange exchange) {
    return new SourceRow(
        exchange.title(),
        exchange.protocol().toString(),
        exchange.origin(),
        exchange.source(),
        exchange.messages().stream()
                .map(ExchangeMessage::datagramOctets)
                .map(String::valueOf)
                .collect(Collectors.joining(" + "))
            + " = "
            + exchange.messages().stream().mapToInt(ExchangeMessage::datagramOctets).sum());
  }
}
