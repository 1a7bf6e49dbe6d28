package dev.moat.foe.lab;

import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.scenario.ScenarioException;
import dev.moat.foe.scenario.ScenarioParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The files that come with the lab. */
final class Library {
  private static final List<String> FIGURES =
      List.of("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "10-proximity");

  private static final List<String> HANDSHAKES =
      List.of(
          "block-1",
          "block-2",
          "block-3",
          "block-4",
          "delay-1",
          "delay-2",
          "delay-3",
          "replay-1",
          "replay-2",
          "replay-all",
          "reorder",
          "duplicate",
          "inject-1",
          "inject-2",
          "inject-3",
          "inject-4",
          "mitm",
          "suites",
          "error-suites",
          "error-client",
          "error-server",
          "flood");

  private static final List<String> FILES =
      Stream.of(
              FIGURES.stream().map(number -> "figure-" + number),
              Stream.of("amplification"),
              HANDSHAKES.stream().map(name -> "edhoc-" + name))
          .flatMap(names -> names)
          .map(name -> name + ".foe")
          .toList();

  private Library() {}

  static List<Scenario> scenarios() {
    return FILES.stream().map(Library::scenario).toList();
  }

  private static Scenario scenario(String file) {
    try {
      return ScenarioParser.parse(file, text("/scenarios/" + file));
    } catch (ScenarioException bad) {
      throw new IllegalStateException(bad.getMessage(), bad);
    }
  }

  static Expectations expectations() {
    return Expectations.parse(text("/expected-verdicts.txt"));
  }

  private static String text(String resource) {
    try (InputStream in = Library.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
