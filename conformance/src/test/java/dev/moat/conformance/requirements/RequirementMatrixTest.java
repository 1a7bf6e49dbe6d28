package dev.moat.conformance.requirements;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keeps docs/requirements.md true. */
class RequirementMatrixTest {
  /** LK-001 to 099, 120 to 123 and 129 to 132. */
  private static final Pattern KEY_EXCHANGE = Pattern.compile("LK-(0\\d\\d|12[0-3]|129|13[0-2])");

  private static final Pattern EXPLAINED =
      Pattern.compile("(?m)^\\| ((?:LK|AT|AM)-\\d{2,3}) \\| (.+) \\|$");

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

  /** A reason for a row that a test shows is an old one. */
  @Test
  void explainsOnlyRowsThatNoTestShows() throws IOException {
    assertThat(rows()).extracting(AcceptanceRow::id).containsAll(explained().keySet());
    assertThat(explained().keySet())
        .doesNotContainAnyElementsOf(TaggedTests.below(ROOT).byRow().keySet());
  }

  @Test
  void leavesNoRowOfTheKeyExchangeUnexplained() throws IOException {
    Set<String> answered = new TreeSet<>(TaggedTests.below(ROOT).byRow().keySet());
    answered.addAll(explained().keySet());
    assertThat(rows().stream().map(AcceptanceRow::id).filter(KEY_EXCHANGE.asMatchPredicate()))
        .hasSize(107)
        .allSatisfy(id -> assertThat(answered).contains(id));
  }

  /**
   * Writes the document, so that the developer only has to commit it, and fails when it was stale.
   */
  @Test
  void theDocumentSaysWhatTheTagsSay() throws IOException {
    Path document = ROOT.resolve("docs/requirements.md");
    String before = Files.exists(document) ? Files.readString(document) : "";
    String now = new RequirementMatrix(rows(), TaggedTests.below(ROOT), explained()).render();
    Files.createDirectories(document.getParent());
    Files.writeString(document, now);
    assertThat(before)
        .as("docs/requirements.md was stale; it has been generated again: commit it")
        .isEqualTo(now);
  }

  private static List<AcceptanceRow> rows() throws IOException {
    return AcceptanceRow.parse(resource("acceptance-rows.md"));
  }

  private static Map<String, String> explained() throws IOException {
    Map<String, String> reasons = new TreeMap<>();
    Matcher row = EXPLAINED.matcher(resource("explained-rows.md"));
    while (row.find()) {
      reasons.put(row.group(1), row.group(2));
    }
    return reasons;
  }

  private static String resource(String name) throws IOException {
    try (InputStream text =
        RequirementMatrixTest.class.getResourceAsStream("/requirements/" + name)) {
      byte[] octets = Objects.requireNonNull(text, name).readAllBytes();
      return new String(octets, StandardCharsets.UTF_8);
    }
  }
}
