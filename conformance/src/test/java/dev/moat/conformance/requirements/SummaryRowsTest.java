package dev.moat.conformance.requirements;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows that sum up others are shown when those are, each by a test of its own. */
class SummaryRowsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  @Tag("LK-130")
  void threeFlightsWithPskRawKeysAndCertificatesOverCoap() throws IOException {
    assertShown("LK-013", "LK-022", "LK-023", "LK-024", "LK-046", "LK-062", "LK-121");
  }

  @Test
  @Tag("LK-131")
  void authenticationSecretIdentifiersAndAlgorithmsComeOutOfOneRun() throws IOException {
    assertShown("LK-002", "LK-005", "LK-007", "LK-041");
  }

  private static void assertShown(String... rows) throws IOException {
    Map<String, ? extends Set<String>> byRow = TaggedTests.below(ROOT).byRow();
    assertThat(byRow).containsKeys(rows);
  }
}
