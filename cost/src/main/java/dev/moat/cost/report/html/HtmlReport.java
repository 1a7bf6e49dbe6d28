package dev.moat.cost.report.html;

import dev.moat.cost.report.page.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One page that needs nothing else. Its policy forbids the network, and every script and style but
 * those it was written with; the same {@link Page} gives the same octets.
 */
public final class HtmlReport {
  private final Page page;
  private final StringBuilder out = new StringBuilder(1 << 19);

  private HtmlReport(Page page) {
    this.page = page;
  }

  /** Writes the page in UTF-8, over what was there. */
  public static void write(Page page, Path file) throws IOException {
    Files.writeString(file, of(page));
  }

  /** The page's characters. */
  public static String of(Page page) {
    return new HtmlReport(page).render();
  }

  private String render() {
    Embedded style = Embedded.file("page.css");
    List<Embedded> scripts =
        List.of(Embedded.chartLibrary(), Embedded.file("charts.js"), Embedded.file("whatif.js"));
    head(style, scripts);
    out.append("<body>\n<a class=\"skip\" href=\"#main\">To the content</a>\n<main id=\"main\">\n");
    opening();
    VerdictMarkup.append(out, page.verdicts());
    page.sections().forEach(section -> SectionMarkup.append(out, section));
    WhatIfMarkup.append(out, page.whatIf());
    SourceMarkup.append(out, page);
    out.append("</main>\n<script type=\"application/json\" id=\"report-data\">")
        .append(PageData.json(page))
        .append("</script>\n");
    scripts.forEach(one -> out.append("<script>").append(one.text()).append("</script>\n"));
    return out.append("</body>\n</html>\n").toString();
  }

  private void head(Embedded style, List<Embedded> scripts) {
    out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
        .append(" base-uri 'none'; form-action 'none'; script-src");
    scripts.forEach(one -> out.append(' ').append(one.source()));
    out.append("; style-src ").append(style.source()).append("\">\n");
    out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
        .append(Html.element("title", page.title()))
        .append("\n<style>")
        .append(style.text())
        .append("</style>\n</head>\n");
  }

  private void opening() {
    out.append("<header>\n").append(Html.element("h1", page.title())).append('\n');
    page.lead().forEach(one -> out.append(Html.element("p", "lead", one)).append('\n'));
    out.append("<nav aria-label=\"Parts of the report\"><ul>\n");
    link("verdicts", "Verdicts");
    page.sections().forEach(one -> link(one.id(), one.title()));
    link("what-if", "What if");
    link("sources", "Sources");
    out.append("</ul></nav>\n</header>\n")
        .append("<noscript><p class=\"note\">Without its script the page draws nothing; all ")
        .append("numbers stand in the tables.</p></noscript>\n");
  }

  private void link(String id, String title) {
    out.append("<li><a href=\"#")
        .append(Html.escape(id))
        .append("\">")
        .append(Html.escape(title))
        .append("</a></li>\n");
  }
}
