package dev.moat.oscore.kudos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.testkit.Vectors;
import java.util.List;

/** One case of oscore-kudos-draft14.json. */
record KudosCase(JsonNode node) {
  static List<KudosCase> all() {
    return Vectors.load("oscore-kudos-draft14.json", KudosCase::new);
  }

  Bytes hex(String path) {
    JsonNode found = node;
    for (String name : path.split("/", -1)) {
      found = found.path(name);
    }
    return Bytes.hex(found.asText());
  }

  /** CTX_OLD as the client sees it. */
  ContextParameters old() {
    try (SecretBytes secret = SecretBytes.copyOf(hex("ctx_old/master_secret").toArray())) {
      ContextParameters.Builder old =
          ContextParameters.builder(secret, hex("ctx_old/sender_id"), hex("ctx_old/recipient_id"))
              .masterSalt(hex("ctx_old/master_salt"));
      if (node.path("ctx_old").hasNonNull("id_context")) {
        old.idContext(hex("ctx_old/id_context"));
      }
      return old.build();
    }
  }

  @Override
  public String toString() {
    return node.path("id").asText();
  }
}
