package dev.moat.cli.conform.edhoc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.crypto.bc.PrimitivesChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvalidCaseTest {
  private static final String FILE = "edhoc-rfc9529-invalid";

  private final InvalidCase runner = new InvalidCase(PrimitivesChoice.bouncyCastle());

  @Test
  void refusesEveryCase() {
    for (ObjectNode one : VectorCases.of(FILE)) {
      Findings findings = new Findings();
      runner.run(one, findings);
      assertThat(findings.list()).as(one.path("id").asText()).isEmpty();
      assertThat(findings.notRun()).as(one.path("id").asText()).isEmpty();
      runner.run(one.put("expected", "accept"), findings);
      assertThat(findings.list()).as(one.path("id").asText()).isNotEmpty();
    }
  }

  /** What is well-formed must not pass for invalid. */
  @ParameterizedTest
  @CsvSource({
    "message_1, 0382060258208af6f430ebe18d34184017a9a11bf511c8dff8f834730b96c1b7c8dbca2fc3b637",
    "message_2, 582b419701d7f00a26c2dc587a36dd752549f33763c893422c8ea0f955a13a4ff5d59862a1eef9e0e7e1886fcd",
    "message_3, 52e562097bc417dd5919485ac7891ffd90a9fc",
    "message_4, 4828c966b7ca304f83",
    "PLAINTEXT_2, 2732480943305c899f5c54",
    "PLAINTEXT_3, 2b48623c91df41e34c2f",
    "PLAINTEXT_4, 0041e9",
    "message_9, 00"
  })
  void noticesWhatIsAccepted(String target, String value) {
    ObjectNode lying = VectorCases.named(FILE, "rfc9529-invalid-1");
    lying.put("target", target).put("value", value);
    assertThat(VectorCases.findings(runner, lying)).isNotEmpty();
  }

  @Test
  void doesNotPassAMessageForSuitesThatAreNotThere() {
    ObjectNode other = VectorCases.named(FILE, "rfc9529-invalid-1");
    Findings findings = new Findings();
    runner.run(other.put("value", "03074037"), findings);
    assertThat(findings.notRun()).contains("suites");
    runner.run(other.put("expected", "odd"), findings);
    assertThat(findings.list()).isNotEmpty();
  }
}
