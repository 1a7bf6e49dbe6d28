package dev.moat.cost.report.html;

import dev.moat.cost.report.page.OriginWords;
import dev.moat.cost.report.page.Page;
import dev.moat.cost.report.page.SourceRow;

/** Where the numbers come from, how to have them again, and the licence of what draws. */
final class SourceMarkup {
  private SourceMarkup() {}

  static void append(StringBuilder out, Page page) {
    out.append("<section id=\"sources\">\n<h2>Sources</h2>\n")
        .append("<p><em>Measured</em>: sent by a running stack when this page was made. ")
        .append("<em>Published</em>: read from the document named; nothing of it ran here. ")
        .append("<em>Captured</em>: read from a capture file.</p>\n")
        .append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Sources\">")
        .append("<table class=\"sources\">\n<thead><tr><th scope=\"col\">Exchange</th>")
        .append("<th scope=\"col\">Origin</th><th scope=\"col\">Octets of its messages</th>")
        .append("<th scope=\"col\">Source</th></tr></thead>\n<tbody>\n");
    page.sources().forEach(row -> row(out, row));
    out.append("</tbody></table></div>\n<h3>How to have these numbers again</h3>\n<pre><code>")
        .append(Html.escape(page.command()))
        .append("</code></pre>\n<details class=\"numbers\"><summary>Licence of Chart.js 4.5.1, ")
        .append("which draws the charts</summary><pre>")
        .append(Html.escape(Embedded.chartLicence()))
        .append("</pre></details>\n</section>\n");
  }

  private static void row(StringBuilder out, SourceRow row) {
    String origin = OriginWords.of(row.origin());
    out.append("<tr><th scope=\"row\">")
        .append(Html.escape(row.title()))
        .append(Html.element("small", row.protocol()))
        .append("</th><td>")
        .append(Html.element("span", "badge " + origin, origin))
        .append("</td>")
        .append(Html.element("td", row.sizes()))
        .append(Html.element("td", row.source()))
        .append("</tr>\n");
  }
}
