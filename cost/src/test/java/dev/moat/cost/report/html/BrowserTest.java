package dev.moat.cost.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.moat.cost.exchange.Layer;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.cost.report.page.Chart;
import dev.moat.cost.report.page.Page;
import dev.moat.cost.report.page.Section;
import dev.moat.cost.study.WhatIf.Choices;
import dev.moat.radio.Direction;
import dev.moat.radio.Exchange;
import dev.moat.radio.device.BatteryLife;
import dev.moat.radio.lorawan.LorawanCost;
import dev.moat.radio.lorawan.LorawanModel;
import dev.moat.radio.nbiot.NbiotCost;
import dev.moat.radio.nbiot.NbiotModel;
import dev.moat.radio.nbiot.PowerProfile;
import dev.moat.radio.sixtisch.SixtischCost;
import dev.moat.radio.sixtisch.SixtischModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.Select;

/** The page in a browser without a window: it draws, and its panel gives the models' numbers. */
@Tag("LK-100")
@Tag("LK-124")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BrowserTest {
  @TempDir static Path directory;
  private static Page content;
  private static ChromeDriver browser;

  @BeforeAll
  static void open() throws IOException {
    Optional<String> missing = Chromium.missing();
    missing.ifPresent(what -> System.out.println("BrowserTest skipped: " + what));
    assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    content = SamplePage.full(SamplePage.whatIf());
    HtmlReport.write(content, directory.resolve("report.html"));
    browser = Chromium.start(directory.resolve("profile"));
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.quit();
    }
  }

  @BeforeEach
  void load() {
    browser.get(directory.resolve("report.html").toUri().toString());
  }

  @Test
  void drawsEveryChartWithItsNumbersAndWithoutAnError() {
    for (Section section : content.sections()) {
      section.charts().forEach(BrowserTest::assertDrawn);
    }
    assertThat(isBlank("chart-what-if")).isFalse();
    assertThat(number("return Object.keys(Chart.instances).length")).isEqualTo(7);
    assertThat(complaints()).isEmpty();
  }

  @Test
  void drawsOnTheDarkPageInOtherColours() {
    String light = string("return colour('ink')");
    emulate("prefers-color-scheme", "dark");
    try {
      assertThat(string("return colour('ink')")).isNotEqualTo(light);
      assertThat(isBlank("chart-sizes")).isFalse();
    } finally {
      emulate("prefers-color-scheme", "light");
    }
  }

  @Test
  void fitsAScreenOf400Pixels() {
    var unused =
        browser.executeCdpCommand(
            "Emulation.setDeviceMetricsOverride",
            Map.of("width", 400, "height", 800, "deviceScaleFactor", 1, "mobile", false));
    try {
      load();
      assertThat(number("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(400);
    } finally {
      unused = browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }
  }

  @Test
  void runsNoScriptThatIsNotItsOwn() {
    assertThat(
            string(
                "const s = document.createElement('script'); s.textContent = 'window.hit = 1';"
                    + "document.body.append(s);"
                    + "const i = new Image(); i.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';"
                    + "return String(window.hit)"))
        .isEqualTo("undefined");
    assertThat(complaints()).anyMatch(one -> one.contains("Content Security Policy"));
  }

  @Test
  void everyControlMovesTheNumbersToThoseOfTheModels() {
    Choices choices = content.whatIf().choices();
    Point point = new Point(exchange(0));
    assertShows(point);

    for (int i = 0; i < choices.lorawan().size(); i++) {
      choose("rate", i);
      assertShows(point.with("rate", i));
    }
    for (int i = 0; i < choices.hops().size(); i++) {
      choose("hops", i);
      assertShows(point.with("hops", i));
    }
    for (int cell = 0; cell < choices.cells().size(); cell++) {
      choose("cell", cell);
      assertShows(point.with("cell", cell));
    }
    for (int rekey = 0; rekey < choices.rekeys().size(); rekey++) {
      choose("rekey", rekey);
      assertShows(point.with("rekey", rekey));
    }
    choose("coverage", 1);
    assertShows(point.with("coverage", 1));
    choose("layer", "message");
    assertShows(point.counting(Layer.MESSAGE, false));
    choose("layer", "payload");
    assertShows(point.counting(Layer.PAYLOAD, false));
    choose("span", "until_response");
    assertShows(point.counting(Layer.PAYLOAD, true));
    assertThat(complaints()).isEmpty();
  }

  @Test
  void theChoicesOfEdhocLeadToTheExchangesThatWereRun() {
    choose("flow", "sequential");
    assertShows(new Point(exchange(1)));
    assertThat(select("exchange").getFirstSelectedOption().getDomProperty("value"))
        .isEqualTo(exchange(1).id());

    choose("exchange", exchange(3).id());
    assertShows(new Point(exchange(3)));
    assertThat(select("method").getFirstSelectedOption().getDomProperty("value")).isEqualTo("0");
    assertThat(select("initiator").getFirstSelectedOption().getDomProperty("value"))
        .isEqualTo("x5t");
  }

  @Test
  void whatWasNotRunIsDisabledAndSaysWhy() {
    WebElement signatures = option("method", "0");

    assertThat(signatures.isEnabled()).isFalse();
    assertThat(text("why-method")).isEqualTo("0: not run with the other choices");
    assertThat(option("method", "3").isEnabled()).isTrue();
    choose("exchange", exchange(4).id());
    assertThat(browser.findElement(By.id("wi-method")).isEnabled()).isFalse();
    assertThat(text("why-shape")).contains("choices of EDHOC");
    assertThat(option("span", "until_response").isEnabled()).isFalse();
    assertThat(text("why-span")).contains("no protected data");
  }

  @Test
  void theMessageAloneHasNoProtectedData() {
    choose("layer", "message");

    assertThat(option("span", "until_response").isEnabled()).isFalse();
    assertThat(text("why-span")).contains("no messages of the key exchange");
  }

  @Test
  void numbersThatThereAreNotAreNotReplaced() {
    choose("span", "until_response");
    choose("exchange", exchange(4).id());

    assertThat(text("what-if-missing")).contains("no numbers");
    assertThat(browser.findElement(By.id("what-if-numbers")).isDisplayed()).isFalse();
  }

  @Test
  void anotherExchangeStandsBeside() {
    choose("compare", exchange(4).id());

    assertThat(shown("compare"))
        .isEqualTo(new Point(exchange(4)).expected(content.whatIf().choices()));
    assertThat(text("compare-head")).isEqualTo("DTLS 1.3, RPK + ECDHE (published)");
  }

  @Test
  void aVerdictFollowsTheChoice() {
    assertThat(badge("uplink")).isEqualTo("met");
    choose("exchange", exchange(3).id());

    assertThat(badge("uplink")).isEqualTo("missed");
    assertThat(text("note-uplink")).endsWith("above 6 s");
  }

  private static void assertDrawn(Chart chart) {
    String canvas = "chart-" + chart.id();
    assertThat(isBlank(canvas)).as(canvas).isFalse();
    assertThat(
            browser.executeScript(
                "return Chart.getChart(arguments[0]).data.datasets.map(s => s.data)", canvas))
        .isEqualTo(
            chart.series().stream()
                .map(one -> one.values().stream().map(v -> plain(v.getAsDouble())).toList())
                .toList());
  }

  /** As the driver gives a number of a script: whole ones as long. */
  private static Object plain(double value) {
    return value == Math.rint(value) ? (Object) (long) value : (Object) value;
  }

  private static boolean isBlank(String canvas) {
    return (Boolean)
        browser.executeScript(
            "const c = document.getElementById(arguments[0]);"
                + "return !c.getContext('2d').getImageData(0, 0, c.width, c.height)"
                + ".data.some((one) => one !== 0)",
            canvas);
  }

  private static void assertShows(Point point) {
    assertThat(shown("key")).isEqualTo(point.expected(content.whatIf().choices()));
  }

  /** All numbers of a column at once, by what they are. */
  private static Map<String, Double> shown(String column) {
    List<?> pairs =
        (List<?>)
            browser.executeScript(
                "return [...document.querySelectorAll('[data-' + arguments[0] + ']')]"
                    + ".map((one) => one.dataset[arguments[0]] + '=' + one.dataset.value)",
                column);
    return pairs.stream()
        .map(pair -> pair.toString().split("=", -1))
        .collect(Collectors.toMap(pair -> pair[0], pair -> Double.valueOf(pair[1])));
  }

  private static String badge(String key) {
    return browser
        .findElement(By.cssSelector("[data-key=\"" + key + "\"] .badge"))
        .getText()
        .replace("✓\u00a0", "")
        .replace("✗\u00a0", "");
  }

  private static RecordedExchange exchange(int index) {
    return content.whatIf().runs().get(index).exchange();
  }

  private static void choose(String control, Object value) {
    select(control).selectByValue(value.toString());
  }

  private static Select select(String control) {
    return new Select(browser.findElement(By.id("wi-" + control)));
  }

  private static WebElement option(String control, String value) {
    return browser.findElement(
        By.cssSelector("#wi-" + control + " option[value=\"" + value + "\"]"));
  }

  private static String text(String id) {
    return browser.findElement(By.id(id)).getText();
  }

  private static String string(String script) {
    return (String) browser.executeScript(script);
  }

  private static long number(String script) {
    return (Long) browser.executeScript(script);
  }

  private static void emulate(String feature, String value) {
    var unused =
        browser.executeCdpCommand(
            "Emulation.setEmulatedMedia",
            Map.of("features", List.of(Map.of("name", feature, "value", value))));
  }

  private static List<String> complaints() {
    return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(one -> one.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Where the panel stands, and what the models say there. */
  private record Point(
      RecordedExchange exchange, Layer layer, boolean untilResponse, Map<String, Integer> at) {
    Point(RecordedExchange exchange) {
      this(
          exchange,
          Layer.DATAGRAM,
          false,
          new LinkedHashMap<>(Map.of("rate", 0, "hops", 4, "coverage", 0, "cell", 2, "rekey", 0)));
    }

    /** The same, moved: what was moved before stays. */
    Point with(String control, int index) {
      at.put(control, index);
      return this;
    }

    Point counting(Layer counted, boolean all) {
      return new Point(exchange, counted, all, at);
    }

    Map<String, Double> expected(Choices choices) {
      Exchange counted = untilResponse ? exchange.all(layer) : exchange.handshake(layer);
      Exchange payloads =
          untilResponse ? exchange.all(Layer.PAYLOAD) : exchange.handshake(Layer.PAYLOAD);
      LorawanCost air = LorawanModel.cost(counted, choices.lorawan().get(at.get("rate")));
      SixtischCost mesh = SixtischModel.cost(payloads, choices.hops().get(at.get("hops")));
      PowerProfile power = PowerProfile.benchmark();
      NbiotCost nb = NbiotModel.cost(counted, choices.coverages().get(at.get("coverage")), power);
      BatteryLife life =
          new BatteryLife(
              choices.cells().get(at.get("cell")),
              nb.totalMillijoule(),
              choices.rekeys().get(at.get("rekey")).interval(),
              power.deepSleepMicrowatts() / 1e3);
      Map<String, Double> expected = new LinkedHashMap<>();
      expected.put("octets", (double) counted.octets());
      expected.put("flights", (double) counted.flights());
      expected.put("packets", (double) air.packets());
      expected.put("uplink", (double) air.airMicros(Direction.UPLINK));
      expected.put("downlink", (double) air.airMicros(Direction.DOWNLINK));
      expected.put("off", (double) air.backoffMicros(Direction.UPLINK));
      expected.put("frames", (double) mesh.frames());
      expected.put("fill", mesh.meanFill());
      expected.put("energy", nb.connectionMillijoule());
      expected.put("attach", nb.attachMillijoule());
      expected.put("time", (double) nb.timeMicros());
      expected.put("years", life.years());
      return expected;
    }
  }
}
