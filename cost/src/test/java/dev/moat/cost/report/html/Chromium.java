package dev.moat.cost.report.html;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The Chromium of the system, driven by its own driver; nothing is downloaded. */
final class Chromium {
  /** Warns that it has no classes for this release's protocol; the tests need none. */
  private static final Logger PROTOCOL = Logger.getLogger("org.openqa.selenium.devtools");

  private Chromium() {}

  /** What is missing to start it; empty when all is there. */
  static Optional<String> missing() {
    return Stream.of("chromium", "chromedriver")
        .filter(name -> find(name).isEmpty())
        .map(name -> name + " is not on the PATH")
        .findFirst();
  }

  /** A browser without a window, with a profile of its own in {@code profile}. */
  static ChromeDriver start(Path profile) {
    PROTOCOL.setLevel(Level.SEVERE);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(find("chromium").orElseThrow());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile,
        "--window-size=1280,1000");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service = ChromeDriverService.createDefaultService();
    // With a path given, Selenium does not look for a driver, and so downloads none.
    service.setExecutable(find("chromedriver").orElseThrow().getPath());
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(15));
    return driver;
  }

  private static Optional<File> find(String name) {
    return Stream.concat(
            List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream(),
            Stream.of("/usr/bin"))
        .map(directory -> new File(directory, name))
        .filter(File::canExecute)
        .findFirst();
  }
}
