package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.crypto.JdkCrypto;
import dev.moat.oscore.context.ContextParameters;

/** The examples of RFC 8613, Section 6.3 and Appendix C, which refer to one another by name. */
final class AppendixCCase implements CaseRunner {
  private final JsonNode root;

  /** The cases of a file. */
  AppendixCCase(JsonNode root) {
    this.root = root;
  }

  @Override
  public void run(JsonNode testCase, Findings findings) {
    String kind = Json.text(testCase, "kind");
    switch (kind) {
      case "key-derivation" -> derivation(testCase, findings);
      case "protect-request" -> request(testCase, findings);
      case "protect-response" -> response(testCase, findings);
      case "oscore-option" ->
          OscoreOptionCase.wellFormed(
              testCase, Json.octets(testCase, "oscore_option_value"), findings);
      default -> findings.notRun("cases of kind '" + kind + "' are not yet supported");
    }
  }

  private static void derivation(JsonNode testCase, Findings findings) {
    findings.same(
        "master_salt_present",
        testCase.path("master_salt_present").asBoolean(false),
        testCase.hasNonNull("master_salt"));
    findings.same(
        "id_context_present",
        testCase.path("id_context_present").asBoolean(false),
        testCase.hasNonNull("id_context"));
    try (ContextParameters parameters = VectorContext.parameters(testCase)) {
      KeyDerivation.compare(testCase, parameters, JdkCrypto.create(), findings);
    }
  }

  private void request(JsonNode testCase, Findings findings) {
    context(testCase, findings);
    exchange(testCase).checkRequest(findings);
  }

  private void response(JsonNode testCase, Findings findings) {
    context(testCase, findings);
    findings.same(
        "response_uses_partial_iv",
        testCase.path("response_uses_partial_iv").asBoolean(false),
        testCase.hasNonNull("partial_iv"));
    JsonNode request = Json.named(root, Json.text(testCase, "request"));
    exchange(request).checkResponse(testCase, findings);
  }

  /** The case repeats some values of its context. */
  private void context(JsonNode testCase, Findings findings) {
    JsonNode context = Json.named(root, Json.text(testCase, "security_context"));
    for (String member : new String[] {"sender_id", "common_iv", "sender_key", "id_context"}) {
      Bytes stated = Json.optional(testCase, member).orElse(Bytes.empty());
      findings.same(member, Json.optional(context, member).orElse(Bytes.empty()), stated);
    }
    findings.same(
        "aead_algorithm",
        context.path("aead_algorithm").asInt(-1),
        testCase.path("aead_algorithm").asInt(-1));
  }

  private ProtectedExchange exchange(JsonNode request) {
    JsonNode context = Json.named(root, Json.text(request, "security_context"));
    return new ProtectedExchange(() -> VectorContext.parameters(context), request);
  }
}
