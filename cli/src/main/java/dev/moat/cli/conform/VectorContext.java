package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cli.conform.cases.Json;
import dev.moat.cose.CoseAlgorithms;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.HashAlgorithm;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.InsecureVolatileReservations;
import dev.moat.oscore.context.SecurityContext;
import java.util.Optional;

/** Security contexts as vectors state them: the inputs of the key derivation. */
final class VectorContext {
  private VectorContext() {}

  /** What {@code node} states with the members sender_id and recipient_id. */
  static ContextParameters parameters(JsonNode node) {
    return parameters(node, Json.octets(node, "sender_id"), Json.octets(node, "recipient_id"));
  }

  /** What {@code node} states, with these identifiers. */
  static ContextParameters parameters(JsonNode node, Bytes senderId, Bytes recipientId) {
    try (SecretBytes secret = Json.secret(node, "master_secret")) {
      ContextParameters.Builder builder =
          ContextParameters.builder(secret, senderId, recipientId)
              .masterSalt(Json.optional(node, "master_salt").orElse(Bytes.empty()))
              .aead(aead(node))
              .hkdf(hkdf(node));
      Json.optional(node, "id_context").ifPresent(builder::idContext);
      return builder.build();
    }
  }

  private static AeadAlgorithm aead(JsonNode node) {
    long id = node.path("aead_algorithm").asLong(10);
    return CoseAlgorithms.aead(id)
        .orElseThrow(() -> new IllegalArgumentException("aead_algorithm " + id + " is not known"));
  }

  private static HashAlgorithm hkdf(JsonNode node) {
    String name = node.path("hkdf_algorithm").asText(node.path("hkdf").asText("HKDF SHA-256"));
    return switch (name) {
      case "HKDF SHA-256" -> HashAlgorithm.SHA_256;
      case "HKDF SHA-384" -> HashAlgorithm.SHA_384;
      case "HKDF SHA-512" -> HashAlgorithm.SHA_512;
      default -> throw new IllegalArgumentException("HKDF '" + name + "' is not known");
    };
  }

  /** The context of parameters, which are closed; its sequence numbers begin at {@code first}. */
  static SecurityContext derive(ContextParameters parameters, Crypto crypto, long first) {
    try (parameters) {
      return SecurityContext.derive(
          parameters,
          crypto,
          InsecureVolatileReservations.start(first),
          SecurityContext.Provenance.FRESH);
    }
  }

  /** The sequence number of a Partial IV. */
  static long number(Optional<Bytes> partialIv) {
    return partialIv.map(Bytes::toUint).orElse(0L);
  }
}
