package dev.moat.foe.report;

import dev.moat.foe.lab.Column;
import dev.moat.foe.lab.LabResult;
import dev.moat.foe.lab.LabRun;
import dev.moat.foe.path.Transport;
import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.stack.StackUnderTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One page that needs nothing else: the table of verdicts, and for every run its ladder and its
 * evidence.
 */
public final class HtmlReport {
  private final LabResult result;
  private final StringBuilder page = new StringBuilder(1 << 20);

  private HtmlReport(LabResult result) {
    this.result = result;
  }

  /** The page, in UTF-8 characters. */
  public static String of(LabResult result) {
    return new HtmlReport(result).render();
  }

  private String render() {
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.append(
        "<meta name=\"color-scheme\" content=\"light dark\">\n<title>Moat lab: attacks on CoAP</title>\n<style>\n");
    page.append(resource("/report/report.css")).append("</style>\n</head>\n<body>\n<main>\n");
    head();
    matrix();
    stacks();
    result.scenarios().forEach(this::section);
    page.append("</main>\n<script>\n")
        .append(resource("/report/report.js"))
        .append("</script>\n</body>\n</html>\n");
    return page.toString();
  }

  private void head() {
    page.append("<h1>Attacks on CoAP, played against running stacks</h1>\n<p class=\"lead\">");
    page.append(result.runs().size()).append(" runs over ").append(Html.escape(transports()));
    page.append(
        result.isAsExpected()
            ? ", every verdict as expected."
            : ", <strong>not every verdict as expected.</strong>");
    page.append(
        " Foe sits on the path, alters no octet of a message, and drops, stores, releases and delays. "
            + "Only a handshake's messages, which are in clear, does it forge and alter, where a ladder says so. "
            + "The judge asks the applications what the server did and what the client believes; it never looks at the wire. "
            + "Without security anybody can forge, and no stack here claims otherwise: only attacks that forge nothing are judged. "
            + "Under OSCORE Foe has no key, and goes by direction, order, length, time and the outer header; "
            + "under DTLS and TLS by direction, order, length and time. "
            + "On a connection it can stall, cut and delay, and nothing overtakes.</p>\n");
  }

  private String transports() {
    return String.join(", ", result.transports().stream().map(Transport::title).toList());
  }

  /** Security modes side by side, and the attacks on handshakes below. */
  private void matrix() {
    page.append("<h2 id=\"table\">Verdicts</h2>\n");
    List<LabResult.Section> figures = sections(LabResult.Section.Kind.STACKS);
    if (!figures.isEmpty()) {
      matrix(figures, "");
    }
    List<LabResult.Section> sides = sections(LabResult.Section.Kind.TRANSPORTS);
    if (!sides.isEmpty()) {
      page.append("<h3 id=\"transports\">Over every transport</h3>\n");
    }
    sides.forEach(section -> matrix(List.of(section), " class=\"heat\""));
    sections(LabResult.Section.Kind.HANDSHAKES).forEach(section -> matrix(List.of(section), ""));
    page.append(
        "<p class=\"legend\"><span class=\"succeeded\">falls</span> the attack does its harm ");
    page.append(
        "<span class=\"detected\">unknown</span> harm is possible, and the client knows that it does not know ");
    page.append("<span class=\"withstood\">withstands</span> no harm, by the mechanism named ");
    page.append(
        "<span class=\"not-applicable\">n/a</span> a line of the ladder cannot be on an ordered transport</p>\n");
  }

  private List<LabResult.Section> sections(LabResult.Section.Kind kind) {
    return result.sections().stream().filter(section -> section.kind() == kind).toList();
  }

  private void matrix(List<LabResult.Section> sections, String attributes) {
    page.append("<div class=\"scroll\"><table").append(attributes).append(">\n<thead>");
    securityHeads(sections);
    page.append("<tr><th scope=\"col\">Attack</th>");
    List<Column> columns =
        sections.stream().flatMap(section -> section.columns().stream()).toList();
    for (LabResult.Section section : sections) {
      section.columns().forEach(column -> columnHead(section, column));
    }
    page.append("</tr></thead>\n<tbody>\n");
    for (Scenario scenario : sections.get(0).rows()) {
      page.append("<tr><th scope=\"row\"><a href=\"#figure-")
          .append(Html.anchor(scenario.id()))
          .append("\"><span class=\"number\">");
      page.append(Html.escape(Character.isDigit(scenario.id().charAt(0)) ? scenario.figure() : "–"))
          .append("</span> ");
      page.append(Html.escape(scenario.title())).append("</a></th>");
      columns.forEach(
          column ->
              result
                  .run(scenario, column)
                  .ifPresentOrElse(this::cell, () -> page.append("<td></td>")));
      page.append("</tr>\n");
    }
    page.append("</tbody></table></div>\n");
  }

  /** Stacks of one security mode stand side by side. */
  private void securityHeads(List<LabResult.Section> sections) {
    page.append("<tr class=\"security\"><td></td>");
    for (LabResult.Section section : sections) {
      page.append("<th scope=\"colgroup\" colspan=\"")
          .append(section.columns().size())
          .append("\">")
          .append(Html.escape(title(section)))
          .append("</th>");
    }
    page.append("</tr>\n");
  }

  private static String title(LabResult.Section section) {
    return section.kind() == LabResult.Section.Kind.TRANSPORTS
        ? section.title() + ", over every transport"
        : section.title();
  }

  private void columnHead(LabResult.Section section, Column column) {
    String name = column.stack().name();
    int colon = name.indexOf(':');
    boolean overTransports = section.kind() == LabResult.Section.Kind.TRANSPORTS;
    String small =
        overTransports
            ? column.head().protection()
            : colon < 0 ? "" : name.substring(0, colon) + " with";
    String large = overTransports ? column.head().carrier() : name.substring(colon + 1);
    page.append("<th scope=\"col\">");
    if (!small.isEmpty()) {
      page.append("<small>").append(Html.escape(small)).append("</small>");
    }
    page.append(Html.escape(large)).append("</th>");
  }

  private void cell(LabRun run) {
    page.append("<td class=\"")
        .append(run.verdict().kind().title())
        .append(run.isAsExpected() ? "" : " surprise");
    page.append("\"><a href=\"#")
        .append(anchor(run))
        .append("\" title=\"")
        .append(Html.escape(run.scenario().title() + ", " + run.column().name()))
        .append("\"><b>")
        .append(word(run))
        .append("</b>");
    page.append("<small>").append(Html.escape(run.mechanism())).append("</small></a></td>");
  }

  private static String word(LabRun run) {
    String word = run.verdict().fold(s -> "falls", w -> "withstands", d -> "unknown", n -> "n/a");
    return run.isAsExpected() ? word : word + " (unexpected)";
  }

  private static String anchor(LabRun run) {
    return "run-" + Html.anchor(run.scenario().id() + "-" + run.column().name());
  }

  private void stacks() {
    page.append("<h2>Stacks</h2>\n<dl class=\"stacks\">\n");
    for (StackUnderTest stack : result.stacks()) {
      page.append("<dt>")
          .append(Html.escape(stack.name()))
          .append("</dt><dd>")
          .append(Html.escape(stack.security()));
      page.append(". ").append(Html.escape(stack.description())).append("</dd>\n");
    }
    page.append("</dl>\n");
  }

  private void section(Scenario scenario) {
    page.append("<section id=\"figure-").append(Html.anchor(scenario.id())).append("\">\n<h2>");
    page.append(Html.escape(figureWord(scenario)))
        .append(Html.escape(scenario.title()))
        .append("</h2>\n<p>");
    page.append(Html.escape(scenario.story()))
        .append(" <span class=\"ref\">")
        .append(Html.escape(scenario.reference()));
    page.append(
        "</span></p>\n<details class=\"source\"><summary>The scenario file, which is what ran</summary><pre>");
    page.append(Html.escape(scenario.source())).append("</pre></details>\n");
    for (Column column : result.columns()) {
      result.run(scenario, column).ifPresent(this::run);
    }
    page.append("</section>\n");
  }

  private static String figureWord(Scenario scenario) {
    return Character.isDigit(scenario.id().charAt(0)) ? "Figure " + scenario.figure() + ": " : "";
  }

  private void run(LabRun run) {
    page.append("<details class=\"run ")
        .append(run.verdict().kind().title())
        .append("\" id=\"")
        .append(anchor(run));
    page.append("\"><summary><span class=\"stack\">")
        .append(Html.escape(run.column().name()))
        .append("</span><span class=\"verdict\">");
    page.append(word(run))
        .append("</span><span class=\"reason\">")
        .append(Html.escape(run.verdict().reason()))
        .append("</span></summary>\n");
    run.expected()
        .ifPresent(
            e ->
                page.append("<p class=\"why\">Expected: ")
                    .append(Html.escape(e.words()))
                    .append(". ")
                    .append(Html.escape(e.why()))
                    .append("</p>\n"));
    page.append("<div class=\"scroll\">").append(LadderDrawing.of(run)).append("</div>\n");
    page.append("<details class=\"evidence\"><summary>Evidence, line by line</summary><pre>");
    run.evidence().forEach(line -> page.append(Html.escape(line)).append('\n'));
    page.append("</pre></details>\n</details>\n");
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
