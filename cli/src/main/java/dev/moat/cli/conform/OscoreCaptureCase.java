package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.protect.RequestBinding;
import dev.moat.oscore.protect.Unprotected;
import java.util.ArrayList;
import java.util.List;

/** An exchange captured between two other implementations: each side's view of it is verified. */
final class OscoreCaptureCase implements CaseRunner {
  private final JsonNode contexts;

  /** The cases of a file. */
  OscoreCaptureCase(JsonNode root) {
    this.contexts = root.path("contexts");
  }

  @Override
  public void run(JsonNode testCase, Findings findings) {
    VectorMessage wire = VectorMessage.of(testCase, "request", "request_decoded", findings);
    JsonNode stated = testCase.path("oscore");
    SealedFields.option(stated, wire.request().options(), findings);
    ContextParameters client = client(testCase);
    if (!Json.octets(stated, "kid").equals(client.senderId())) {
      try (client) {
        UnknownKid.check(client.reversed(), wire, stated, findings);
      }
      return;
    }
    long number = VectorContext.number(Json.optional(stated, "partial_iv"));
    try (ProtectedPair pair = new ProtectedPair(client, number, 0)) {
      Request inner = request(pair, testCase, wire, findings);
      RequestBinding binding = pair.send(inner).binding();
      for (JsonNode response : testCase.path("responses")) {
        Findings own = new Findings();
        response(pair, binding, response, own);
        findings.addAll("frame " + response.path("frame").asText(), own);
      }
    }
  }

  private static Request request(
      ProtectedPair pair, JsonNode testCase, VectorMessage wire, Findings findings) {
    JsonNode stated = testCase.path("oscore");
    Unprotected.Fresh received = pair.receive(wire.request());
    SealedFields.compare(stated, pair.recorder(), findings);
    RequestBinding binding = received.binding();
    findings.same("request_kid", Json.octets(stated, "request_kid"), binding.requestKid());
    findings.same("request_piv", Json.octets(stated, "request_piv"), binding.requestPiv());
    Request inner = received.inner();
    JsonNode expected = testCase.path("request_inner");
    inner("request_inner", expected, inner.method(), inner.options(), inner.payload(), findings);
    return inner;
  }

  /** The client's view is the server's, reversed. */
  private ContextParameters client(JsonNode testCase) {
    JsonNode server = contexts.path(Json.text(testCase, "server_context"));
    try (ContextParameters parameters = VectorContext.parameters(server)) {
      return parameters.reversed();
    }
  }

  private static void response(
      ProtectedPair pair, RequestBinding binding, JsonNode response, Findings findings) {
    VectorMessage wire = VectorMessage.of(response, "response", "response_decoded", findings);
    String expected = Json.text(response, "expected");
    try {
      Response inner = pair.verify(binding, wire.response());
      if (expected.equals("unprotected response")) {
        findings.problem("an unprotected response was accepted");
      }
      if (response.path("oscore").isObject()) {
        SealedFields.compare(response.path("oscore"), pair.recorder(), findings);
        SealedFields.option(response.path("oscore"), wire.response().options(), findings);
      }
      JsonNode stated = response.path("response_inner");
      inner("response_inner", stated, inner.code(), inner.options(), inner.payload(), findings);
    } catch (OscoreException e) {
      if (expected.equals("verifies")) {
        findings.problem("refused with " + e.reason());
      }
    }
  }

  private static void inner(
      String what, JsonNode stated, Code code, Options options, Bytes payload, Findings findings) {
    findings.same(what + " code", Json.text(stated, "code"), code.toString());
    findings.same(what + " options", options(stated), options);
    findings.same(what + " payload", Json.octets(stated, "payload"), payload);
  }

  private static Options options(JsonNode stated) {
    List<Option> options = new ArrayList<>();
    for (JsonNode one : stated.path("options")) {
      options.add(new Option(one.path("number").asInt(-1), Json.octets(one, "value")));
    }
    return Options.of(options);
  }
}
