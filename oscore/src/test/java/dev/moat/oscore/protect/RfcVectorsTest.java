package dev.moat.oscore.protect;

import static dev.moat.oscore.Fixture.CRYPTO;
import static dev.moat.oscore.Fixture.PEER;
import static dev.moat.oscore.Fixture.assertRefused;
import static dev.moat.oscore.Fixture.client;
import static dev.moat.oscore.Fixture.fresh;
import static dev.moat.oscore.Fixture.hex;
import static dev.moat.oscore.Fixture.message;
import static dev.moat.oscore.Fixture.options;
import static dev.moat.oscore.Fixture.parameters;
import static dev.moat.oscore.Fixture.request;
import static dev.moat.oscore.Fixture.response;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.OscoreException.Reason;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.testkit.Vectors;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Octet by octet: what the vectors protect is protected so, and verified. */
class RfcVectorsTest {
  private static final String APPENDIX_C = "oscore-rfc8613-appendix-c.json";

  /** Its client was told to send another kid, and its server did not know it. */
  private static final String UNKNOWN_KID = "interop6-cc-103";

  private static final List<JsonNode> RFC_CASES = Vectors.load(APPENDIX_C, node -> node);
  private static final JsonNode CAPTURES = Vectors.root("oscore-interop-captures.json");

  private final Protector protector = new Protector(CRYPTO);

  static Stream<JsonNode> rfcRequests() {
    return rfc("protect-request");
  }

  static Stream<JsonNode> rfcResponses() {
    return rfc("protect-response");
  }

  private static Stream<JsonNode> rfc(String kind) {
    return RFC_CASES.stream().filter(node -> node.path("kind").asText().equals(kind));
  }

  static Stream<JsonNode> derived() {
    return Vectors.load("oscore-derived.json", node -> node).stream();
  }

  static Stream<JsonNode> captures() {
    return Vectors.load("oscore-interop-captures.json", node -> node).stream();
  }

  static Stream<JsonNode> capturesWithAKnownKid() {
    return captures().filter(node -> !node.path("id").asText().equals(UNKNOWN_KID));
  }

  @Test
  void takesNoVectorForGranted() {
    assertThat(rfcRequests()).hasSize(3);
    assertThat(rfcResponses()).hasSize(2);
    assertThat(derived()).hasSize(17);
    assertThat(captures()).hasSize(23);
  }

  @ParameterizedTest
  @MethodSource("rfcRequests")
  void protectsTheRequestsOfAppendixC(JsonNode node) throws Exception {
    RequestForm form =
        node.hasNonNull("kid_context") ? RequestForm.STANDARD : RequestForm.WITHOUT_KID_CONTEXT;
    try (ContextParameters client = parameters(rfcCase(node, "security_context"), "")) {
      assertProtects(client, node.path("sender_sequence_number").asLong(), form, node);
    }
  }

  private RequestBinding assertProtects(
      ContextParameters client, long number, RequestForm form, JsonNode node)
      throws OscoreException {
    Request original = request(message(node, "unprotected_coap_message"));
    ProtectedRequest made = protector.protectRequest(fresh(client, number), original, form);
    Request expected = request(message(node, "protected_coap_message"));
    assertThat(made.outer()).isEqualTo(expected);
    Unprotected verified = protector.unprotectRequest(fresh(client.reversed()), expected);
    assertThat(verified).isInstanceOf(Unprotected.Fresh.class);
    assertThat(((Unprotected.Fresh) verified).inner()).isEqualTo(original);
    return made.binding();
  }

  @ParameterizedTest
  @MethodSource("rfcResponses")
  void protectsTheResponsesOfAppendixC(JsonNode node) throws Exception {
    JsonNode request = rfcCase(node, "request");
    ContextParameters client = parameters(rfcCase(request, "security_context"), "");
    assertAnswers(
        client,
        request,
        request.path("sender_sequence_number").asLong(),
        node,
        node.path("response_uses_partial_iv").asBoolean());
  }

  private static JsonNode rfcCase(JsonNode node, String field) {
    return RFC_CASES.stream()
        .filter(other -> other.path("id").asText().equals(node.path(field).asText()))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("derived")
  void protectsTheDerivedExchanges(JsonNode node) throws Exception {
    ContextParameters client = parameters(node.path("security_context"), "client_");
    JsonNode request = node.path("request");
    long number = request.path("sender_sequence_number").asLong();
    assertProtects(client, number, RequestForm.STANDARD, request);
    for (JsonNode answer : node.path("responses")) {
      assertAnswers(
          client, request, number, answer, answer.hasNonNull("server_sender_sequence_number"));
    }
  }

  private void assertAnswers(
      ContextParameters client, JsonNode request, long number, JsonNode answer, boolean own)
      throws OscoreException {
    String counter =
        answer.has("kind") ? "sender_sequence_number" : "server_sender_sequence_number";
    SecurityContext server = fresh(client.reversed(), answer.path(counter).asLong(0));
    Unprotected.Fresh received =
        (Unprotected.Fresh)
            protector.unprotectRequest(server, request(message(request, "protected_coap_message")));
    Response original = response(message(answer, "unprotected_coap_message"));
    ResponseForm form = own ? ResponseForm.OWN_PARTIAL_IV : ResponseForm.REUSE_NONCE;
    Response made = protector.protectResponse(received.binding(), original, form);
    assertThat(made).isEqualTo(response(message(answer, "protected_coap_message")));
    RequestBinding sent = assertProtects(client, number, standardOrNone(request), request);
    VerifiedResponse verified = protector.unprotectResponse(sent, made);
    assertThat(verified.inner()).isEqualTo(original);
    assertThat(verified.partialIv().isPresent()).isEqualTo(own);
  }

  private static RequestForm standardOrNone(JsonNode request) {
    return request.hasNonNull("kid_context")
        ? RequestForm.STANDARD
        : RequestForm.WITHOUT_KID_CONTEXT;
  }

  /** Peers that set other outer codes, a lone 00 as option, and kid context in responses. */
  @ParameterizedTest
  @MethodSource("capturesWithAKnownKid")
  void verifiesWhatOtherImplementationsSent(JsonNode node) throws Exception {
    ContextParameters server = captureContext(node.path("server_context").asText());
    Request outer = request(message(node, "request"));
    Unprotected.Fresh received =
        (Unprotected.Fresh) protector.unprotectRequest(fresh(server), outer);
    JsonNode inner = node.path("request_inner");
    assertThat(received.inner().method()).hasToString(inner.path("code").asText());
    assertThat(received.inner().options()).isEqualTo(options(inner));
    assertThat(received.inner().payload()).isEqualTo(hex(inner, "payload"));
    RequestBinding sent = sentBy(server.reversed(), node, received.inner());
    for (JsonNode answer : node.path("responses")) {
      if (answer.has("response_inner")) {
        assertVerifies(sent, answer);
      }
    }
  }

  @Test
  void refusesAKidThatIsNotTheRecipientId() {
    JsonNode node =
        captures()
            .filter(capture -> capture.path("id").asText().equals(UNKNOWN_KID))
            .findFirst()
            .orElseThrow();
    SecurityContext server = fresh(captureContext(node.path("server_context").asText()));
    Request outer = request(message(node, "request"));
    assertRefused(Reason.CONTEXT_NOT_FOUND, () -> protector.unprotectRequest(server, outer));
  }

  private static ContextParameters captureContext(String name) {
    JsonNode contexts = CAPTURES.path("contexts");
    return parameters(contexts.path(name), "");
  }

  private RequestBinding sentBy(ContextParameters client, JsonNode node, Request inner)
      throws OscoreException {
    long number = hex(node.path("oscore"), "partial_iv").toUint();
    return protector.protectRequest(fresh(client, number), inner).binding();
  }

  private void assertVerifies(RequestBinding sent, JsonNode answer) throws OscoreException {
    Response verified =
        protector.unprotectResponse(sent, response(message(answer, "response"))).inner();
    JsonNode inner = answer.path("response_inner");
    assertThat(verified.code()).hasToString(inner.path("code").asText());
    assertThat(verified.options()).isEqualTo(options(inner));
    assertThat(verified.payload()).isEqualTo(hex(inner, "payload"));
  }

  @Test
  void readsARequestWhateverItsOuterCodeIs() throws Exception {
    JsonNode node = derived().findFirst().orElseThrow();
    ContextParameters server = parameters(node.path("security_context"), "client_").reversed();
    Request outer = request(message(node.path("request"), "protected_coap_message"));
    for (Code code : List.of(Code.GET, Code.PUT, Code.FETCH, Code.DELETE)) {
      Unprotected.Fresh received =
          (Unprotected.Fresh) protector.unprotectRequest(fresh(server), outer.withMethod(code));
      assertThat(received.inner().method()).isEqualTo(Code.GET);
    }
  }

  @Test
  void cutsAProxyUriDownToWhatAProxyNeeds() throws Exception {
    Request inner =
        Request.to(PEER, Code.GET, "ignored")
            .with(Option.text(OptionNumber.PROXY_URI, "coap://example.com/resource?q=1"));
    SecurityContext client = fresh(client().build());
    Request outer = protector.protectRequest(client, inner).outer();
    assertThat(outer.options().texts(OptionNumber.PROXY_URI)).containsExactly("coap://example.com");
    SecurityContext server = fresh(client().build().reversed());
    Options options =
        ((Unprotected.Fresh) protector.unprotectRequest(server, outer)).inner().options();
    assertThat(options.uriPath()).containsExactly("resource");
    assertThat(options.uriQuery()).containsExactly("q=1");
    assertThat(outer.payload()).isNotEqualTo(Bytes.empty());
  }
}
