package dev.moat.cli.conform.edhoc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.crypto.bc.PrimitivesChoice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceCaseTest {
  private final TraceCase runner = new TraceCase(PrimitivesChoice.bouncyCastle());

  /** One digit of one value is changed, for each value of traces of several kinds. */
  @ParameterizedTest
  @CsvSource({
    "edhoc-rfc9529-traces, rfc9529-2",
    "edhoc-rfc9529-traces, rfc9529-3",
    "edhoc-derived-traces, d-m1-s2",
    "edhoc-derived-traces, d-m3-s2-kccs-ead",
    "edhoc-psk, psk-draft-08"
  })
  void noticesEachValueThatIsNotTheStatedOne(String file, String id) {
    ObjectNode genuine = VectorCases.named(file, id);
    List<String> names = new ArrayList<>();
    genuine.path("values").fieldNames().forEachRemaining(names::add);
    assertThat(names).hasSizeGreaterThan(60);
    for (String name : names) {
      ObjectNode lying = genuine.deepCopy();
      ObjectNode values = (ObjectNode) lying.path("values");
      values.put(name, VectorCases.flipped(values.path(name).asText()));
      assertThat(VectorCases.findings(runner, lying)).as(name).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "edhoc_aead, 30",
    "edhoc_hash, sha384",
    "mac_length_static_dh, 16",
    "ecdh_curve, P-384",
    "signature, Ed448",
    "app_aead, 1",
    "app_hash, shake256"
  })
  void comparesTheAlgorithmsOfTheSuite(String member, String lie) {
    ObjectNode lying = VectorCases.named("edhoc-rfc9529-traces", "rfc9529-3");
    ((ObjectNode) lying.path("suite")).put(member, lie);
    assertThat(VectorCases.findings(runner, lying)).first().asString().contains(member);
  }

  @Test
  void comparesTheNegotiationOfTheSuite() {
    ObjectNode lying = VectorCases.named("edhoc-rfc9529-traces", "rfc9529-3");
    ((ObjectNode) lying.path("negotiation")).put("error_message", "0203");
    assertThat(VectorCases.findings(runner, lying)).isNotEmpty();
    ObjectNode accepted = VectorCases.named("edhoc-rfc9529-traces", "rfc9529-3");
    ((ObjectNode) accepted.path("negotiation").path("message_1_first")).put("SUITES_I_cbor", "02");
    assertThat(VectorCases.findings(runner, accepted)).isNotEmpty();
  }

  @Test
  void comparesTheItemsOfExternalAuthorizationData() {
    ObjectNode lying = VectorCases.named("edhoc-derived-traces", "d-m3-s2-kccs-ead");
    ((ObjectNode) lying.path("ead").path(3).path(0)).put("ead_label", -831);
    assertThat(VectorCases.findings(runner, lying)).isNotEmpty();
  }

  @Test
  void doesWithoutMembersThatAreNotNeeded() {
    ObjectNode sparse = VectorCases.named("edhoc-derived-traces", "d-m2-s0");
    sparse.remove(List.of("suite", "ead", "suites_i", "message_4_used", "title"));
    ObjectNode values = (ObjectNode) sparse.path("values");
    values.retain(
        "X",
        "Y",
        "SK_I",
        "SK_R",
        "C_I",
        "C_R",
        "CRED_I_cbor",
        "CRED_R_cbor",
        "ID_CRED_I_cbor",
        "ID_CRED_R_cbor",
        "message_3",
        "OSCORE_Master_Secret");
    assertThat(VectorCases.findings(runner, sparse)).isEmpty();
    values.put("message_2", (String) null);
    assertThat(VectorCases.findings(runner, sparse)).isEmpty();
    values.remove("SK_R");
    assertThat(VectorCases.findings(runner, sparse)).containsExactly("no member SK_R");
  }

  @Test
  void countsWhatIsNotSupportedApart() {
    ObjectNode suite =
        VectorCases.named("edhoc-derived-traces", "d-m2-s0").put("selected_suite", 7);
    Findings ofSuite = new Findings();
    runner.run(suite, ofSuite);
    assertThat(ofSuite.notRun()).contains("cipher suite 7");
    ObjectNode method = VectorCases.named("edhoc-derived-traces", "d-m2-s0").put("method", 9);
    Findings ofMethod = new Findings();
    runner.run(method, ofMethod);
    assertThat(ofMethod.notRun()).contains("method 9");
  }

  @Test
  void namesValuesThatItDoesNotKnow() {
    ObjectNode more = VectorCases.named("edhoc-derived-traces", "d-m2-s0");
    ((ObjectNode) more.path("values")).put("PRK_tea", "00").put("teapot", "00");
    Findings findings = new Findings();
    runner.run(more, findings);
    assertThat(findings.notes()).anyMatch(note -> note.contains("[teapot]"));
    assertThat(findings.list()).anyMatch(problem -> problem.contains("PRK_tea"));
  }

  /** With signatures that are randomised the stated ones are verified, and used from there on. */
  @Test
  void saysWhichSignaturesAreOnlyVerified() {
    TraceCase randomised = new TraceCase(PrimitivesChoice.jdk());
    ObjectNode trace = VectorCases.named("edhoc-derived-traces", "d-m0-s2-x5t");
    Findings findings = new Findings();
    randomised.run(trace, findings);
    assertThat(findings.list()).isEmpty();
    assertThat(findings.notes())
        .anyMatch(note -> note.startsWith("Signature_or_MAC_2: ES256 is randomised here"))
        .anyMatch(note -> note.startsWith("Signature_or_MAC_3: ES256 is randomised here"));
    ObjectNode values = (ObjectNode) trace.path("values");
    values.put(
        "Signature_or_MAC_3", VectorCases.flipped(values.path("Signature_or_MAC_3").asText()));
    assertThat(VectorCases.findings(randomised, trace)).isNotEmpty();
  }
}
