package dev.moat.cli.conform.edhoc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Cases of the shared vectors, which tests may change. */
final class VectorCases {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private VectorCases() {}

  /** A whole file. */
  static JsonNode file(String name) {
    try (InputStream vectors =
        VectorCases.class.getResourceAsStream("/vectors/" + name + ".json")) {
      return MAPPER.readTree(vectors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The cases of a file. */
  static List<ObjectNode> of(String name) {
    List<ObjectNode> cases = new ArrayList<>();
    file(name).path("cases").forEach(one -> cases.add((ObjectNode) one));
    return cases;
  }

  /** A copy of the case with this id. */
  static ObjectNode named(String file, String id) {
    return of(file).stream()
        .filter(one -> one.path("id").asText().equals(id))
        .findFirst()
        .orElseThrow()
        .deepCopy();
  }

  /** A case from its text. */
  static JsonNode parsed(String text) throws IOException {
    return MAPPER.readTree(text);
  }

  /** Hexadecimal digits with another last one; two digits where there were none. */
  static String flipped(String digits) {
    if (digits.isEmpty()) {
      return "01";
    }
    int last = Character.digit(digits.charAt(digits.length() - 1), 16);
    return digits.substring(0, digits.length() - 1) + Character.forDigit(last ^ 1, 16);
  }

  /** What a runner finds; what it throws is a finding too, as in the command. */
  static List<String> findings(CaseRunner runner, JsonNode testCase) {
    Findings findings = new Findings();
    try {
      runner.run(testCase, findings);
    } catch (IllegalArgumentException e) {
      findings.problem(e.getMessage());
    }
    return findings.list();
  }
}
