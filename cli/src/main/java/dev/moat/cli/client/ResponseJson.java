package dev.moat.cli.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moat.cli.words.OptionsJson;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Response;
import java.util.Locale;
import java.util.Optional;

/** Outcomes and responses for scripts. */
final class ResponseJson {
  private ResponseJson() {}

  /** One object for the whole outcome. */
  static ObjectNode of(Outcome outcome, String uri, String advice) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("uri", uri);
    ObjectNode told =
        outcome.fold(
            responded -> response(root.put("outcome", "responded"), responded.response()),
            refused -> refused(root, refused),
            unknown -> unknown(root, unknown));
    return advice.isEmpty() ? told : told.put("advice", advice);
  }

  private static ObjectNode refused(ObjectNode root, Outcome.NotDelivered refused) {
    root.put("outcome", "not-delivered").put("cause", label(refused.cause()));
    refused.reason().ifPresent(reason -> root.put("reason", reason));
    return root;
  }

  private static ObjectNode unknown(ObjectNode root, Outcome.Unknown unknown) {
    root.put("outcome", "unknown").put("doubt", label(unknown.doubt()));
    unknown
        .unprotectedError()
        .ifPresent(
            error -> {
              ObjectNode unused = response(root.putObject("unprotectedError"), error);
            });
    return root;
  }

  /** One object for a notification. */
  static ObjectNode notification(Response response) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    return response(root.put("outcome", "notification"), response);
  }

  private static ObjectNode response(ObjectNode root, Response response) {
    root.put("code", response.code().toString());
    root.put("title", response.code().title());
    root.set("options", OptionsJson.of(response.options()));
    Optional<String> text = ResponseText.utf8(response.payload());
    root.put("payload", text.orElseGet(response.payload()::toHex));
    root.put("payloadEncoding", text.isPresent() ? "utf-8" : "hex");
    root.put("payloadOctets", response.payload().length());
    return root;
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
