package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.protect.ProtectedRequest;
import dev.moat.oscore.protect.Unprotected;
import java.util.function.Supplier;

/**
 * A request and a response of a vector, each protected by one side and verified by the other (RFC
 * 8613, Section 8). Every stated field is compared on both sides.
 *
 * @param parameters gives the client's view of the context
 * @param request the vector's request
 */
record ProtectedExchange(Supplier<ContextParameters> parameters, JsonNode request) {
  private static final String PLAIN = "unprotected_coap_message";
  private static final String PROTECTED = "protected_coap_message";

  /** Checks the request alone. */
  void checkRequest(Findings findings) {
    VectorMessage plain = VectorMessage.of(request, PLAIN, "unprotected_decoded", findings);
    VectorMessage wire = VectorMessage.of(request, PROTECTED, "protected_decoded", findings);
    try (ProtectedPair pair = new ProtectedPair(parameters.get(), clientFirst(), 0)) {
      ProtectedRequest sent = pair.send(plain.request());
      SealedFields.compare(request, pair.recorder(), findings);
      SealedFields.option(request, sent.outer().options(), findings);
      findings.same(PROTECTED, Json.octets(request, PROTECTED), wire.with(sent.outer()));
      Unprotected.Fresh received = pair.receive(wire.request());
      SealedFields.compare(request, pair.recorder(), findings);
      findings.same("unprotected again", Json.octets(request, PLAIN), plain.with(received.inner()));
    }
  }

  /** Checks one of the possible responses. */
  void checkResponse(JsonNode response, Findings findings) {
    VectorMessage plain = VectorMessage.of(response, PLAIN, "unprotected_decoded", findings);
    VectorMessage wire = VectorMessage.of(response, PROTECTED, "protected_decoded", findings);
    boolean own = Json.optional(response, "partial_iv").isPresent();
    long serverFirst = VectorContext.number(Json.optional(response, "partial_iv"));
    try (ProtectedPair pair = new ProtectedPair(parameters.get(), clientFirst(), serverFirst)) {
      ProtectedRequest sent = pair.send(VectorMessage.of(Json.octets(request, PLAIN)).request());
      Request outer = VectorMessage.of(Json.octets(request, PROTECTED)).request();
      Unprotected.Fresh received = pair.receive(outer);
      binding(response, received, findings);
      Response answer = pair.answer(received.binding(), plain.response(), own);
      SealedFields.compare(response, pair.recorder(), findings);
      SealedFields.option(response, answer.options(), findings);
      findings.same(PROTECTED, Json.octets(response, PROTECTED), wire.with(answer));
      Response verified = pair.verify(sent.binding(), wire.response());
      SealedFields.compare(response, pair.recorder(), findings);
      findings.same("unprotected again", Json.octets(response, PLAIN), plain.with(verified));
    } catch (OscoreException e) {
      findings.problem("the client refuses the response with " + e.reason());
    }
  }

  private static void binding(JsonNode stated, Unprotected.Fresh received, Findings findings) {
    findings.asStated("request_kid", stated, received.binding().requestKid());
    findings.asStated("request_piv", stated, received.binding().requestPiv());
  }

  private long clientFirst() {
    return request.path("sender_sequence_number").asLong(0);
  }
}
