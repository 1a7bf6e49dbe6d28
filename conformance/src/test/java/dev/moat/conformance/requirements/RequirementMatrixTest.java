package dev.moat.conformance.requirements;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Keeps docs/requirements.md true. */
class RequirementMatrixTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void readsEveryRowOfTheAcceptanceTable() throws IOException {
    assertThat(rows()).hasSize(199);
    assertThat(rows()).extracting(AcceptanceRow::id).doesNotHaveDuplicates();
    assertThat(rows()).allSatisfy(row -> assertThat(row.asks()).isNotBlank());
  }

  @Test
  void knowsEveryTaggedRow() throws IOException {
    List<String> known = rows().stream().map(AcceptanceRow::id).toList();
    assertThat(known).containsAll(TaggedTests.below(ROOT).byRow().keySet());
  }

  /**
   * Writes the document, so that the developer only has to commit it, and fails when it was stale.
   */
  @Test
  void theDocumentSaysWhatTheTagsSay() throws IOException {
    Path document = ROOT.resolve("docs/requirements.md");
    String before = Files.exists(document) ? Files.readString(document) : "";
    String now = new RequirementMatrix(rows(), TaggedTests.below(ROOT)).render();
    Files.createDirectories(document.getParent());
    Files.writeString(document, now);
    assertThat(before)
        .as("docs/requirements.md was stale; it has been generated again: commit it")
        .isEqualTo(now);
  }

  private static List<AcceptanceRow> rows() throws IOException {
    try (InputStream table =
        RequirementMatrixTest.class.getResourceAsStream("/requirements/acceptance-rows.md")) {
      byte[] text = Objects.requireNonNull(table, "the table of rows").readAllBytes();
      return AcceptanceRow.parse(new String(text, StandardCharsets.UTF_8));
    }
  }
}
