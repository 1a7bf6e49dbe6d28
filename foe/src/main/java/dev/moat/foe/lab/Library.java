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
  private static final List<String> FILES =
      Stream.concat(
              Stream.of("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "10-proximity")
                  .map(number -> "figure-" + number),
              Stream.of("amplification"))
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
