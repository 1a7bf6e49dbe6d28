package dev.moat.cli.conform.edhoc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moat.crypto.Primitives;
import dev.moat.crypto.bc.PrimitivesChoice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForgedCaseTest {
  private static final String FILE = "edhoc-negative";

  private final Primitives primitives = PrimitivesChoice.bouncyCastle();
  private final ForgedCase runner = new ForgedCase(VectorCases.file(FILE), primitives);

  @Test
  void findsTheStatedOutcomeOfEveryCase() {
    for (ObjectNode one : VectorCases.of(FILE)) {
      assertThat(VectorCases.findings(runner, one)).as(one.path("id").asText()).isEmpty();
    }
  }

  @Test
  void noticesEveryOutcomeThatIsNotTheStatedOne() {
    for (ObjectNode one : VectorCases.of(FILE)) {
      boolean accepted = one.path("expected").asText().equals("accept");
      for (String lie : List.of(accepted ? "reject" : "accept", accepted ? "error-2" : "tea")) {
        assertThat(VectorCases.findings(runner, one.deepCopy().put("expected", lie)))
            .as(one.path("id").asText() + " " + lie)
            .isNotEmpty();
      }
    }
  }

  @Test
  void noticesGenuineMessagesWithAnotherDigit() {
    for (ObjectNode one : VectorCases.of(FILE)) {
      if (one.path("expected").asText().equals("accept")
          && !one.path("message").asText().equals("message_1")) {
        one.put("value", VectorCases.flipped(one.path("value").asText()));
        assertThat(VectorCases.findings(runner, one)).as(one.path("id").asText()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "i-ok, plaintext_2, 2732480943305c899f5c55",
    "i-ead-not-in-mac, plaintext_2, 2732480943305c899f5c5419fde9",
    "r3-ok, plaintext_3, 2b48623c91df41e34c2e",
    "r3-unknown-kid, error_message, 03f4",
    "r1-suite-unsupported, error_message, 0203",
    "r3-ok, message, message_9",
    "i-ok, role_under_test, Proxy"
  })
  void noticesAnotherMember(String id, String member, String lie) {
    ObjectNode lying = VectorCases.named(FILE, id).put(member, lie);
    assertThat(VectorCases.findings(runner, lying)).isNotEmpty();
  }

  @Test
  void takesTheHandshakeFromTheFileWhereItIsStated() {
    JsonNode trace = VectorCases.named("edhoc-derived-traces", "d-m2-s0");
    ObjectNode one = VectorCases.named(FILE, "i-ok");
    one.remove("plaintext_2");
    one.put("value", trace.path("values").path("message_2").asText());
    assertThat(VectorCases.findings(runner, one)).isNotEmpty();
    one.set("trace", trace);
    assertThat(VectorCases.findings(runner, one)).isEmpty();
  }
}
