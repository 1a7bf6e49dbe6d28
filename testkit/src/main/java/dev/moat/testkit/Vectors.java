package dev.moat.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moat.bytes.Bytes;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Loads the conformance vectors that lie in this module's resources, as typed cases. */
public final class Vectors {
  private Vectors() {}

  /** All cases of coap-udp-messages.json. */
  public static List<UdpMessageCase> udpMessages() {
    return load("coap-udp-messages.json", Vectors::udpMessage);
  }

  /** All cases of coap-tcp-messages.json. */
  public static List<StreamMessageCase> streamMessages() {
    return load("coap-tcp-messages.json", Vectors::streamMessage);
  }

  /** All cases of coap-uri.json. */
  public static List<UriCase> uris() {
    return load("coap-uri.json", Vectors::uri);
  }

  /** All flows of echo-request-tag.json. */
  public static List<EchoFlow> echoFlows() {
    return load("echo-request-tag.json", Vectors::echoFlow);
  }

  /** The cases of any vector file in the folder {@code vectors}, read by {@code reader}. */
  public static <T> List<T> load(String file, Function<JsonNode, T> reader) {
    return list(root(file).path("cases"), reader);
  }

  /** All of a vector file, for what its cases have in common. */
  public static JsonNode root(String file) {
    try (InputStream stream = Vectors.class.getResourceAsStream("/vectors/" + file)) {
      if (stream == null) {
        throw new FileNotFoundException("no vectors/" + file + " in the test kit");
      }
      return new ObjectMapper().readTree(stream);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static UdpMessageCase udpMessage(JsonNode node) {
    return new UdpMessageCase(
        text(node, "id"),
        hex(node, "message"),
        optionalText(node, "error_class"),
        Optional.of(node.path("decoded")).filter(JsonNode::isObject).map(Vectors::decoded),
        node.path("reencodes_identically").asBoolean(),
        text(node, "note"));
  }

  private static StreamMessageCase streamMessage(JsonNode node) {
    return new StreamMessageCase(
        text(node, "id"),
        text(node, "transport"),
        hex(node, "message"),
        text(node, "expected"),
        Optional.of(node.path("decoded")).filter(JsonNode::isObject).map(Vectors::decoded));
  }

  private static DecodedMessage decoded(JsonNode node) {
    return new DecodedMessage(
        node.path("version").asInt(),
        text(node, "type"),
        node.path("message_id").asInt(),
        text(node, "code"),
        hex(node, "token"),
        list(
            node.path("options"),
            option ->
                new DecodedMessage.Field(option.path("number").asInt(), hex(option, "value"))),
        hex(node, "payload"));
  }

  private static UriCase uri(JsonNode node) {
    return new UriCase(
        text(node, "id"),
        text(node, "uri"),
        UriCase.Direction.valueOf(text(node, "direction").toUpperCase(Locale.ROOT)),
        optionalInt(node, "destination_port"),
        optionalText(node, "uri_host"),
        optionalInt(node, "uri_port"),
        node.path("uri_path").isArray()
            ? Optional.of(list(node.path("uri_path"), JsonNode::asText))
            : Optional.empty(),
        list(node.path("uri_query"), JsonNode::asText));
  }

  private static EchoFlow echoFlow(JsonNode node) {
    return new EchoFlow(
        text(node, "id"), text(node, "title"), list(node.path("steps"), Vectors::step));
  }

  private static EchoFlow.Step step(JsonNode node) {
    return new EchoFlow.Step(
        text(node, "sender"), hex(node, "coap"), decoded(node.path("decoded")), text(node, "note"));
  }

  static <T> List<T> list(JsonNode array, Function<JsonNode, T> reader) {
    List<T> items = new ArrayList<>();
    array.forEach(item -> items.add(reader.apply(item)));
    return List.copyOf(items);
  }

  static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }

  static Bytes hex(JsonNode node, String field) {
    return Bytes.hex(text(node, field));
  }

  static Optional<String> optionalText(JsonNode node, String field) {
    return node.hasNonNull(field) ? Optional.of(text(node, field)) : Optional.empty();
  }

  private static OptionalInt optionalInt(JsonNode node, String field) {
    return node.hasNonNull(field) ? OptionalInt.of(node.path(field).asInt()) : OptionalInt.empty();
  }
}
