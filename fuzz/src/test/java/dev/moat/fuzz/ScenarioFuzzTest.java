package dev.moat.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.moat.foe.scenario.ScenarioException;
import dev.moat.foe.scenario.ScenarioParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Scenario files that somebody wrote by hand. */
final class ScenarioFuzzTest {
  /** The scenarios of the ten figures. */
  static Stream<String> scenarios() {
    return IntStream.rangeClosed(1, 10)
        .mapToObj("/scenarios/figure-%02d.foe"::formatted)
        .map(ScenarioFuzzTest::text);
  }

  private static String text(String resource) {
    try (InputStream in = ScenarioParser.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no scenario " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @MethodSource("scenarios")
  @FuzzTest
  void parsesOrSaysWhereItIsWrong(@NotNull String source) {
    try {
      assertThat(ScenarioParser.parse("fuzz.foe", source)).isNotNull();
    } catch (ScenarioException refused) {
      assertThat(refused.line()).isBetween(1, Math.toIntExact(source.lines().count()) + 1);
      assertThat(refused.column()).isPositive();
      assertThat(refused.expected()).isNotBlank();
    }
  }
}
