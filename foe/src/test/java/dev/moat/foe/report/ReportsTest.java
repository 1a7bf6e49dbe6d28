package dev.moat.foe.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moat.foe.judge.Mechanism;
import dev.moat.foe.judge.Verdict;
import dev.moat.foe.lab.Column;
import dev.moat.foe.lab.Expectation;
import dev.moat.foe.lab.Expectations;
import dev.moat.foe.lab.Lab;
import dev.moat.foe.lab.LabResult;
import dev.moat.foe.lab.LabRun;
import dev.moat.foe.path.Transport;
import dev.moat.foe.scenario.Scenario;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the lab shows. */
class ReportsTest {
  private static final LabResult RESULT = Lab.standard().run(Transport.VIRTUAL, Lab.Progress.NONE);

  @Test
  void printOneRowForEveryFigureAndTheMechanismThatStopsIt() {
    String table = TerminalTable.of(RESULT, false);
    assertThat(table)
        .containsPattern("3 +Delaying a request +FALLS +FALLS +FALLS +echo +FALLS +echo")
        .containsPattern("4 +Delaying a request, with reordering +FALLS +replay-window +echo *\n")
        .containsPattern("5 +Mismatching a response to PUT +binding +binding +tokens")
        .containsPattern("10\\+ +Relay, against a bound")
        .containsPattern("EDHOC +moat:oscore +edhoc:lax *\n")
        .containsPattern("Standing in the middle +authentication +FALLS")
        .contains("152 runs, every verdict as expected.")
        .doesNotContain("\u001b");
    assertThat(TerminalTable.of(RESULT, true)).contains("\u001b[31m");
  }

  @Test
  void printWhatWasNotExpected() {
    LabResult result = surprising();
    assertThat(TerminalTable.of(result, false))
        .contains("FALLS (!)")
        .contains("1 of 1 verdicts are not as expected")
        .contains("expected withstood by echo: because");
    assertThat(HtmlReport.of(result)).contains("surprise").contains("not every verdict");
  }

  private static LabResult surprising() {
    LabRun run = RESULT.runs().get(0);
    LabRun surprise =
        new LabRun(
            run.scenario(),
            run.column(),
            new Verdict.Succeeded("planted"),
            Optional.of(new Expectation(Verdict.Kind.WITHSTOOD, "echo", "because")),
            run.trace());
    return new LabResult(List.of(run.scenario()), List.of(run.column()), List.of(surprise));
  }

  @Test
  void writeJsonAsTheIssueSays() throws IOException {
    JsonNode runs = new ObjectMapper().readTree(JsonReport.of(RESULT)).get("runs");
    assertThat(runs).hasSize(152);
    for (JsonNode run : runs) {
      for (String field :
          List.of("figure", "stack", "security", "transport", "verdict", "expected", "mechanism")) {
        assertThat(run.get(field).isTextual()).as(field).isTrue();
      }
      assertThat(run.get("verdict")).isEqualTo(run.get("expected"));
      assertThat(run.get("evidence").isArray()).isTrue();
      assertThat(run.get("evidence")).isNotEmpty();
    }
  }

  @Test
  void writeAPageThatNeedsNothingElse() {
    String page = HtmlReport.of(RESULT);
    assertThat(page)
        .startsWith("<!doctype html>")
        .doesNotContainPattern("(src|href)=\"(?!#)")
        .doesNotContain("url(")
        .doesNotContain("@import");
    assertThat(page.split("<svg ", -1)).hasSize(153);
  }

  /** A matrix whose every cell came out as expected, without playing it. */
  private static LabResult matrix() {
    List<LabRun> runs = new ArrayList<>();
    Lab lab = Lab.matrix();
    Expectations expectations = Expectations.standard();
    for (Scenario scenario : lab.scenarios()) {
      for (Column column : lab.columns()) {
        Expectation expected =
            expectations.of(scenario.id(), column.stack().name(), column.transport()).orElseThrow();
        runs.add(new LabRun(scenario, column, verdict(expected), Optional.of(expected), List.of()));
      }
    }
    return new LabResult(lab.scenarios(), lab.columns(), runs);
  }

  private static Verdict verdict(Expectation expected) {
    return switch (expected.kind()) {
      case SUCCEEDED -> new Verdict.Succeeded("harm");
      case DETECTED -> new Verdict.Detected("doubt");
      case NOT_APPLICABLE -> new Verdict.NotApplicable("nothing overtakes");
      case WITHSTOOD ->
          new Verdict.Withstood(
              Stream.of(Mechanism.values())
                  .filter(mechanism -> mechanism.word().equals(expected.mechanism()))
                  .findFirst()
                  .orElseThrow());
    };
  }

  @Test
  void printTheMatrixInTwoTablesThatFitATerminal() {
    String table = TerminalTable.of(matrix(), false);
    assertThat(table.lines()).filteredOn(line -> line.length() > 120).isEmpty();
    assertThat(table)
        .containsPattern("rfc7252 +NoSec +DTLS +DTLS +TLS +NoSec +TLS +OSCORE +OSCORE +OSCORE\n")
        .containsPattern("\n +UDP +PSK +X.509\\+CID +TCP +TCP +WebSocket +UDP +DTLS-PSK +TCP\n")
        .containsPattern("5 +Mismatching a response to PUT +(FALLS +){6}(binding *){3}\n")
        .containsPattern(
            "4 +Delaying a request, with reordering +echo +echo +echo +n/a +n/a +n/a +echo +echo +n/a")
        .contains("198 runs, every verdict as expected.");
  }

  @Test
  void drawTheMatrixAsAHeatMapThatOpensEachLadder() {
    String page = HtmlReport.of(matrix());
    assertThat(page.split("<table class=\"heat\">", -1)).hasSize(3);
    String heat =
        page.substring(page.indexOf("<table class=\"heat\">"), page.indexOf("<h2>Stacks"));
    List<String> anchors =
        Pattern.compile("<td class=\"[a-z-]+\"><a href=\"#([^\"]+)\" title=\"[^\"]+\"><b>\\w")
            .matcher(heat)
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(anchors).hasSize(198).doesNotHaveDuplicates();
    assertThat(anchors).allMatch(anchor -> page.contains(" id=\"" + anchor + "\"><summary>"));
    assertThat(heat).as("text in every cell, not colour alone").doesNotContain("<b></b>");
    assertThat(heat.split("scope=\"col\"", -1)).hasSize(1 + 2 * 10);
  }

  @Test
  void writeTheTransportOfEveryRunAsJson() throws IOException {
    JsonNode runs = new ObjectMapper().readTree(JsonReport.of(matrix())).get("runs");
    assertThat(runs).hasSize(198);
    assertThat(runs.findValuesAsText("transport"))
        .contains("udp", "dtls-psk", "dtls-x509-cid", "tls", "tcp", "wss");
    assertThat(runs.findValuesAsText("security")).contains("OSCORE over DTLS-PSK", "TLS over TCP");
  }

  @Test
  void escapeWhatRunsContain() {
    assertThat(Html.escape("<a href=\"x\">'&\u0001"))
        .isEqualTo("&lt;a href=&quot;x&quot;&gt;&#39;&amp;?");
    assertThat(Html.anchor("10-rfc9175:echo")).isEqualTo("10-rfc9175-echo");
  }

  @Test
  void letTheArrowKeysGoFromCellToCellOfTheHeatMap(@TempDir Path folder) throws Exception {
    Optional<String> browser = browser();
    if (browser.isEmpty()) {
      System.out.println("skipped: no chromium, chromium-browser or google-chrome on the PATH");
    }
    assumeTrue(browser.isPresent(), "no Chromium is installed");
    String walk =
        """
        <script>
        const first = document.querySelector("table.heat td a");
        first.focus();
        for (const key of ["ArrowRight", "ArrowDown"]) {
          document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
        }
        document.documentElement.dataset.reached = document.activeElement.getAttribute("href");
        location.hash = document.activeElement.getAttribute("href");
        reveal();
        document.documentElement.dataset.opened =
            document.getElementById(location.hash.slice(1)).open;
        </script>
        </body>
        """;
    String html = HtmlReport.of(matrix()).replace("</body>", walk);
    Path page = Files.writeString(folder.resolve("matrix.html"), html);
    Path dom = folder.resolve("dom.html");
    run(folder, dom, browser.get(), "--dump-dom", page.toUri().toString());
    assertThat(dom)
        .content()
        .contains("data-reached=\"#run-2-rfc7252-over-dtls-psk\"")
        .contains("data-opened=\"true\"");
  }

  @Test
  void renderInABrowser(@TempDir Path folder) throws Exception {
    Optional<String> browser = browser();
    if (browser.isEmpty()) {
      System.out.println("skipped: no chromium, chromium-browser or google-chrome on the PATH");
    }
    assumeTrue(browser.isPresent(), "no Chromium is installed");
    Path page = Files.writeString(folder.resolve("lab.html"), HtmlReport.of(RESULT));
    Path dom = folder.resolve("dom.html");
    Path shot = folder.resolve("lab.png");
    run(folder, dom, browser.get(), "--dump-dom", page.toUri().toString());
    // The page's own script leaves the number of ladders that the browser found.
    assertThat(dom)
        .content()
        .contains("data-rendered=\"152\"")
        .contains("every verdict as expected");
    run(
        folder,
        folder.resolve("log"),
        browser.get(),
        "--window-size=1280,1600",
        "--screenshot=" + shot,
        page.toUri().toString());
    assertThat(shot).isNotEmptyFile();
    assertThat(coloursOf(shot)).isGreaterThan(20);
  }

  private static long coloursOf(Path shot) throws IOException {
    BufferedImage image = ImageIO.read(shot.toFile());
    return Stream.iterate(0, i -> i < image.getWidth() * 400, i -> i + 1)
        .map(i -> image.getRGB(i % image.getWidth(), 300 + i / image.getWidth()))
        .distinct()
        .count();
  }

  private static Optional<String> browser() {
    String[] path = System.getenv().getOrDefault("PATH", "").split(":");
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(name -> Stream.of(path).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  private static void run(Path folder, Path output, String browser, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--user-data-dir=" + folder.resolve("profile")));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the browser did not end within a minute");
    }
  }
}
