package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.crypto.JdkCrypto;
import dev.moat.oscore.context.ContextParameters;

/** A context, a request and its possible responses, each of which stands for itself. */
final class OscoreDerivedCase implements CaseRunner {
  @Override
  public void run(JsonNode testCase, Findings findings) {
    JsonNode context = testCase.path("security_context");
    try (ContextParameters parameters = parameters(context)) {
      KeyDerivation.compare(keys(context), parameters, JdkCrypto.create(), findings);
    }
    ProtectedExchange exchange =
        new ProtectedExchange(() -> parameters(context), testCase.path("request"));
    Findings ofRequest = new Findings();
    exchange.checkRequest(ofRequest);
    findings.addAll("request", ofRequest);
    int number = 0;
    for (JsonNode response : testCase.path("responses")) {
      number++;
      Findings ofResponse = new Findings();
      exchange.checkResponse(response, ofResponse);
      findings.addAll("response " + number, ofResponse);
    }
  }

  private static ContextParameters parameters(JsonNode context) {
    return VectorContext.parameters(
        context,
        Json.octets(context, "client_sender_id"),
        Json.octets(context, "client_recipient_id"));
  }

  private static JsonNode keys(JsonNode context) {
    ObjectNode keys = JsonNodeFactory.instance.objectNode();
    keys.set("sender_key", context.path("client_sender_key"));
    keys.set("recipient_key", context.path("client_recipient_key"));
    keys.set("common_iv", context.path("common_iv"));
    return keys;
  }
}
