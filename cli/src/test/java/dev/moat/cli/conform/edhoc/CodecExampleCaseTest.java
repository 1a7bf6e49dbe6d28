package dev.moat.cli.conform.edhoc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.crypto.bc.PrimitivesChoice;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodecExampleCaseTest {
  private static final Set<String> PROSE =
      Set.of("id", "kind", "source", "description", "note", "curve", "expected", "sub");

  private final CodecExampleCase runner = new CodecExampleCase(PrimitivesChoice.bouncyCastle());

  @Test
  void noticesEachDigitThatIsNotTheStatedOne() {
    for (ObjectNode genuine : VectorCases.of("edhoc-codec-examples")) {
      assertThat(VectorCases.findings(runner, genuine)).as(genuine.path("id").asText()).isEmpty();
      genuine
          .fieldNames()
          .forEachRemaining(
              name -> {
                if (genuine.path(name).isTextual() && !PROSE.contains(name)) {
                  ObjectNode lying = genuine.deepCopy();
                  lying.put(name, VectorCases.flipped(genuine.path(name).asText()));
                  assertThat(VectorCases.findings(runner, lying))
                      .as(genuine.path("id").asText() + " " + name)
                      .isNotEmpty();
                }
              });
    }
  }

  @Test
  void noticesEachNumberThatIsNotTheStatedOne() {
    for (ObjectNode genuine : VectorCases.of("edhoc-codec-examples")) {
      for (String name : List.of("method", "selected", "ERR_CODE", "ERR_INFO", "kty", "crv")) {
        if (genuine.path(name).isInt()) {
          ObjectNode lying = genuine.deepCopy().put(name, genuine.path(name).asInt() + 1);
          assertThat(VectorCases.findings(runner, lying)).as(name).isNotEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ead-lakers-1 | \"critical\":false | \"critical\":true",
        "ead-lakers-2 | \"ead_label\":1 | \"ead_label\":2",
        "message_1-ead-3 | cccccc\"}] | cccccd\"}]",
        "message_1-ead-1 | \"ok\" | \"reject\"",
        "suites-3 | [6,2] | [6,3]",
        "error-3 | true | false",
        "negotiation-1 | [5,6,7,8,9] | [5,7,6,8,9]",
        "negotiation-1 | \"error\":\"0206\" | \"error\":\"0207\"",
        "negotiation-1 | 820506 | 820507",
        "negotiation-2 | 8405060708 | 8405060709",
        "negotiation-2 | [8,9] | [5,9]",
        "ccs-lakers-1 | example.edu | example.com",
        "rfc9528-cbor-embedded | { 4 : | { 5 :",
        "rfc9528-cbor-embedded | { 4 : | { 4",
        "bstr-repr-all-single-bytes | \"37\" | \"38\""
      })
  void noticesALieInAList(String id, String truth, String lie) throws Exception {
    String text = VectorCases.named("edhoc-codec-examples", id).toString();
    assertThat(text).contains(truth);
    assertThat(VectorCases.findings(runner, VectorCases.parsed(text.replace(truth, lie))))
        .isNotEmpty();
  }

  @Test
  void countsAnUnknownKindApart() {
    Findings findings = new Findings();
    runner.run(VectorCases.named("edhoc-codec-examples", "error-1").put("kind", "tea"), findings);
    assertThat(findings.notRun()).contains("'tea'");
    assertThat(findings.list()).isEmpty();
  }
}
