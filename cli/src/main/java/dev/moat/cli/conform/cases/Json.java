package dev.moat.cli.conform.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Members of a case: octets in hexadecimal digits, null for absence. */
public final class Json {
  private Json() {}

  /** True when every one of these members is there as text. */
  public static boolean isText(JsonNode node, String... members) {
    return Arrays.stream(members).allMatch(member -> node.path(member).isTextual());
  }

  /**
   * The octets of a member.
   *
   * @throws IllegalArgumentException when it is not there or no hexadecimal digits
   */
  public static Bytes octets(JsonNode node, String member) {
    return optional(node, member)
        .orElseThrow(() -> new IllegalArgumentException("no member " + member));
  }

  /** The octets of a member that may be null or missing. */
  public static Optional<Bytes> optional(JsonNode node, String member) {
    JsonNode value = node.path(member);
    return value.isTextual() ? Optional.of(Bytes.hex(value.asText())) : Optional.empty();
  }

  /** The octets of a member; a vector's keys are no secrets, but the interfaces want one. */
  public static SecretBytes secret(JsonNode node, String member) {
    return SecretBytes.copyOf(octets(node, member).toArray());
  }

  /**
   * The case of a file that has this id.
   *
   * @throws IllegalArgumentException when none has
   */
  public static JsonNode named(JsonNode root, String id) {
    return StreamSupport.stream(root.path("cases").spliterator(), false)
        .filter(one -> text(one, "id").equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no case has the id '" + id + "'"));
  }

  /** A member's text; empty when it is not there. */
  public static String text(JsonNode node, String member) {
    return node.path(member).asText("");
  }
}
