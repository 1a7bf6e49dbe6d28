package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.crypto.JdkCrypto;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.option.OscoreOption;
import dev.moat.oscore.protect.ProtectedRequest;

/** The client's part of a combined request: what OSCORE makes of the request in it. */
final class CombinedClientSide {
  private CombinedClientSide() {}

  static void compare(JsonNode flow, Findings findings) {
    JsonNode context = flow.path("oscore");
    try (ContextParameters parameters = parameters(context)) {
      KeyDerivation.compare(keys(context), parameters, JdkCrypto.create(), findings);
    }
    JsonNode stated = flow.path("combined_request");
    try (ProtectedPair pair = new ProtectedPair(parameters(context), number(stated), 0)) {
      Request inner = VectorMessage.of(Json.octets(stated, "unprotected")).request();
      ProtectedRequest sent = pair.send(inner);
      SealedFields.compare(stated, pair.recorder(), findings);
      findings.same(
          "oscore_option",
          Json.optional(stated, "oscore_option"),
          sent.outer().options().first(OptionNumber.OSCORE));
      findings.asStated("oscore_ciphertext", stated, sent.outer().payload());
      JsonNode told = flow.path("combined_response");
      Response outer = VectorMessage.of(Json.octets(told, "coap")).response();
      Response expected = VectorMessage.of(Json.octets(told, "unprotected")).response();
      Response verified = pair.verify(sent.binding(), outer);
      findings.same("combined_response code", expected.code(), verified.code());
      findings.same("combined_response options", expected.options(), verified.options());
      findings.same("combined_response payload", expected.payload(), verified.payload());
    } catch (OscoreException e) {
      findings.problem("combined_response: refused with " + e.reason());
    }
  }

  private static long number(JsonNode stated) throws OscoreException {
    return VectorContext.number(
        OscoreOption.decode(Json.octets(stated, "oscore_option")).partialIv());
  }

  private static ContextParameters parameters(JsonNode context) {
    return VectorContext.parameters(
        context,
        Json.octets(context, "client_sender_id"),
        Json.octets(context, "server_sender_id"));
  }

  private static JsonNode keys(JsonNode context) {
    ObjectNode keys = JsonNodeFactory.instance.objectNode();
    keys.set("sender_key", context.path("client_sender_key"));
    keys.set("recipient_key", context.path("client_recipient_key"));
    keys.set("common_iv", context.path("common_iv"));
    return keys;
  }
}
