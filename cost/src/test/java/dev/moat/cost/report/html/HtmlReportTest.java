package dev.moat.cost.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moat.cost.report.page.Chart;
import dev.moat.cost.report.page.Page;
import dev.moat.cost.report.page.Section;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("LK-124")
class HtmlReportTest {
  private static final String HOSTILE =
      "</script><img src=x onerror=alert(1)>'\"&<!--<script>\u2028]]>";
  private static final Pattern SCRIPT =
      Pattern.compile("<script([^>]*)>(.*?)</script>", Pattern.DOTALL);

  @Test
  void closesEveryElementInOrder() {
    assertThat(MarkupBalance.complaint(page())).isEmpty();
    assertThat(MarkupBalance.complaint(HtmlReport.of(SamplePage.titled(HOSTILE)))).isEmpty();
  }

  @Test
  void theCheckOfElementsSeesAnUnclosedOne() {
    assertThat(MarkupBalance.complaint("<!doctype html><p><b></p></b>")).contains("</p>");
    assertThat(MarkupBalance.complaint("<!doctype html><p>")).contains("never closed");
    assertThat(MarkupBalance.complaint("<!doctype html><p>a < b</p>")).contains("stray");
  }

  @Test
  void keepsHostileTextAsText() {
    String page = HtmlReport.of(SamplePage.titled(HOSTILE));

    assertThat(page).doesNotContain("<img").doesNotContain("onerror=alert(1)>");
    assertThat(scripts(page)).hasSize(4);
    assertThat(page).contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&#39;&quot;&amp;");
  }

  @Test
  void theDataIsTheSameTextForAReaderOfJson() throws IOException {
    JsonNode data = data(HtmlReport.of(SamplePage.titled(HOSTILE)));

    assertThat(data.at("/charts/0/title").textValue()).isEqualTo(HOSTILE);
    assertThat(data.at("/charts/0/categories/0/published").booleanValue()).isTrue();
    assertThat(data.at("/charts/0/series/0/values/0").doubleValue()).isEqualTo(1);
  }

  @Test
  void asksTheNetworkForNothing() {
    String page = page();
    String markup = SCRIPT.matcher(page).replaceAll("");

    assertThat(markup).doesNotContain(" src=").doesNotContain("<link").doesNotContain("url(");
    assertThat(markup).doesNotContain("http://").doesNotContain("https://");
    assertThat(page).doesNotContain("sourceMappingURL").doesNotContain("@import");
    assertThat(page).contains("default-src 'none'; base-uri 'none'; form-action 'none';");
  }

  @Test
  void allowsItsOwnScriptsAndStyleByTheirHashesOnly() throws Exception {
    String page = page();
    String policy = page.substring(page.indexOf("script-src"), page.indexOf("\">\n<meta name"));
    List<String> allowed = new ArrayList<>();
    for (MatchResult one : scripts(page)) {
      if (!one.group(1).contains("application/json")) {
        allowed.add(hash(one.group(2)));
      }
    }
    String style = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));

    assertThat(policy)
        .isEqualTo("script-src " + String.join(" ", allowed) + "; style-src " + hash(style));
    assertThat(allowed).hasSize(3);
    assertThat(page).doesNotContain(" style=").doesNotContain(" onclick=");
  }

  @Test
  void isTheSameForTheSameContent() {
    assertThat(page()).isEqualTo(page());
  }

  @Test
  void carriesTheLicenceOfTheLibraryThatDraws() {
    assertThat(page())
        .contains("Chart.js v4.5.1")
        .contains("Permission is hereby granted, free of charge")
        .contains("The above copyright notice and this permission notice shall be included");
  }

  @Test
  void showsTheNumbersOfEveryChartAsATable() {
    String page = page();
    Page content = SamplePage.full(SamplePage.whatIf());

    for (Section section : content.sections()) {
      for (Chart chart : section.charts()) {
        assertThat(page).contains("id=\"chart-" + chart.id() + "\"");
        assertThat(page).contains("<caption>" + chart.title() + " (" + chart.axis().title() + ")");
      }
    }
    assertThat(page)
        .contains(
            "<tr><th scope=\"row\">DTLS 1.3, RPK + ECDHE</th><td class=\"number\">185</td>"
                + "<td class=\"number\">454</td><td class=\"number\">255</td>"
                + "<td class=\"number\">894</td><td>published</td></tr>");
  }

  @Test
  void showsEveryVerdictWithHowMuchAndWhatHelps() {
    assertThat(page())
        .contains("<span class=\"badge met\">1 met</span>")
        .contains("<span class=\"badge missed\">1 missed</span>")
        .contains("<span class=\"badge reported\">1 reported</span>")
        .contains("Missed by: EDHOC method 0, x5t: 1 packet too many")
        .contains("<li>SCHC</li>");
  }

  @Test
  void saysWhereEachExchangeComesFromAndHowToHaveItAgain() {
    assertThat(page())
        .contains("<span class=\"badge published\">published</span></td><td>185 + 454 + 255")
        .contains("<td>a document</td>")
        .contains("<code>moat cost --html report.html</code>");
  }

  @Test
  void writesAFileInUtf8(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("report.html");
    HtmlReport.write(SamplePage.full(SamplePage.whatIf()), file);

    assertThat(Files.readString(file)).isEqualTo(page());
  }

  private static String page() {
    return HtmlReport.of(SamplePage.full(SamplePage.whatIf()));
  }

  private static JsonNode data(String page) throws IOException {
    return new ObjectMapper().readTree(scripts(page).get(0).group(2));
  }

  private static List<MatchResult> scripts(String page) {
    Matcher scripts = SCRIPT.matcher(page);
    return scripts.results().toList();
  }

  private static String hash(String text) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }
}
