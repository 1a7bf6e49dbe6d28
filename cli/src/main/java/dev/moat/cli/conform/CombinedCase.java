package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.cli.conform.edhoc.TraceResponder;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.crypto.Primitives;
import dev.moat.edhoc.coap.combined.CombinedPayload;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.option.OscoreOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** EDHOC over CoAP, and requests that carry message_3 (RFC 9528, Appendix A.2; RFC 9668). */
final class CombinedCase implements CaseRunner {
  private final JsonNode root;
  private final Primitives primitives;

  /** The cases of a file, one of which has the flow that the others begin with. */
  CombinedCase(JsonNode root, Primitives primitives) {
    this.root = root;
    this.primitives = primitives;
  }

  @Override
  public void run(JsonNode testCase, Findings findings) {
    try {
      if (testCase.path("request_1").isObject()) {
        flow(testCase, findings);
      } else if (Json.isText(testCase, "message", "expected")) {
        forged(testCase, findings);
      } else {
        example(testCase, findings);
      }
    } catch (UnsupportedOperationException e) {
      findings.notRun(String.valueOf(e.getMessage()));
    } catch (OscoreException e) {
      findings.problem("the OSCORE option is refused with " + e.reason());
    }
  }

  /** The parts of a combined request, which are not those of a real session. */
  private static void example(JsonNode testCase, Findings findings) throws OscoreException {
    VectorMessage message =
        VectorMessage.of(testCase, "protected_coap_message", "decoded", findings);
    Request request = message.request();
    Optional<Bytes> edhoc = request.options().first(OptionNumber.EDHOC);
    findings.same("EDHOC option", Json.optional(testCase, "edhoc_option_value"), edhoc);
    findings.same(
        "edhoc_option_number",
        testCase.path("edhoc_option_number").asInt(OptionNumber.EDHOC),
        OptionNumber.EDHOC);
    Bytes value = request.options().first(OptionNumber.OSCORE).orElse(Bytes.empty());
    findings.asStated("oscore_option_value", testCase, value);
    OscoreOption option = OscoreOption.decode(value);
    findings.asStated("oscore_partial_iv", testCase, option.partialIv().orElse(Bytes.empty()));
    findings.asStated("oscore_kid", testCase, option.kid().orElse(Bytes.empty()));
    findings.asStated("c_r", testCase, option.kid().orElse(Bytes.empty()));
    parts(testCase, request.payload(), findings);
  }

  private static void parts(JsonNode stated, Bytes payload, Findings findings) {
    Optional<CombinedPayload> parts = CombinedPayload.read(payload);
    Bytes message3 = parts.map(CombinedPayload::message3).orElse(Bytes.empty());
    findings.asStated("edhoc_message_3", stated, message3);
    Bytes ciphertext = parts.map(CombinedPayload::ciphertext).orElse(Bytes.empty());
    findings.asStated("oscore_ciphertext", stated, ciphertext);
  }

  private void flow(JsonNode flow, Findings findings) {
    try (CombinedServer server = server(flow, flow, true, findings)) {
      exchange(server, flow, "request_1", "response_1", findings);
      exchange(server, flow, "sequential_request_2", "sequential_response_2", findings);
    }
    try (CombinedServer server = server(flow, flow, false, findings)) {
      exchange(server, flow, "request_1", "response_1", findings);
      exchange(server, flow, "combined_request", "combined_response", findings);
    }
    CombinedClientSide.compare(flow, findings);
    parts(flow.path("combined_request"), combined(flow).payload(), findings);
  }

  private static Request combined(JsonNode flow) {
    return VectorMessage.of(Json.octets(flow.path("combined_request"), "coap")).request();
  }

  /** The server's answer is the stated one to the octet, where both are stated. */
  private static void exchange(
      CombinedServer server, JsonNode flow, String asked, String told, Findings findings) {
    if (!flow.path(asked).isObject()) {
      return;
    }
    Findings own = new Findings();
    var unused = VectorMessage.of(flow.path(asked), "coap", "decoded", own);
    findings.addAll(asked, own);
    Optional<Bytes> answer = server.send(Json.octets(flow.path(asked), "coap"));
    if (flow.path(told).isObject()) {
      Findings ofAnswer = new Findings();
      unused = VectorMessage.of(flow.path(told), "coap", "decoded", ofAnswer);
      findings.addAll(told, ofAnswer);
      findings.same(told, Json.optional(flow.path(told), "coap"), answer);
    }
  }

  /** A combined request of its own in the place of the flow's one. */
  private void forged(JsonNode testCase, Findings findings) {
    JsonNode flow =
        StreamSupport.stream(root.path("cases").spliterator(), false)
            .filter(one -> one.path("request_1").isObject())
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no case has the flow before it"));
    var unused = VectorMessage.of(testCase, "message", "decoded", findings);
    try (CombinedServer server = server(testCase, flow, false, findings)) {
      exchange(server, flow, "request_1", "response_1", findings);
      Optional<Bytes> answer = server.send(Json.octets(testCase, "message"));
      if (answer.isEmpty()) {
        findings.problem("the server did not answer");
      } else if (Json.text(testCase, "expected").equals("accept")) {
        findings.same("answer", Json.octets(flow.path("combined_response"), "coap"), answer.get());
      } else {
        Response refusal = VectorMessage.of(answer.get()).response();
        findings.same("code", Json.text(testCase, "expected"), refusal.code().toString());
        findings.same("protected", false, refusal.options().has(OptionNumber.OSCORE));
      }
    }
  }

  /** A server with the resource that the flow asks for, and the answer that the flow states. */
  private CombinedServer server(
      JsonNode testCase, JsonNode flow, boolean message4, Findings findings) {
    Request request =
        VectorMessage.of(Json.octets(flow.path("combined_request"), "unprotected")).request();
    List<Bytes> segments = request.options().all(OptionNumber.URI_PATH);
    String path = segments.stream().map(Bytes::toUtf8).collect(Collectors.joining("/", "/", ""));
    if (!request.method().equals(Code.GET)) {
      throw new UnsupportedOperationException("combined requests other than GET");
    }
    Response answer =
        VectorMessage.of(Json.octets(flow.path("combined_response"), "unprotected")).response();
    TraceResponder responder = new TraceResponder(testCase, root, primitives, findings);
    return new CombinedServer(responder, primitives.symmetric(), message4, path, answer);
  }
}
