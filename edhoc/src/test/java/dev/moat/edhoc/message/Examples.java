package dev.moat.edhoc.message;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.testkit.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The cases of edhoc-codec-examples.json and their fields. */
final class Examples {
  private Examples() {}

  static List<JsonNode> ofKind(String kind) {
    return Vectors.load("edhoc-codec-examples.json", node -> node).stream()
        .filter(node -> node.path("kind").asText().equals(kind))
        .toList();
  }

  static Bytes hex(JsonNode node, String field) {
    return Bytes.hex(node.path(field).asText());
  }

  static List<Integer> integers(JsonNode array) {
    List<Integer> values = new ArrayList<>();
    array.forEach(value -> values.add(value.asInt()));
    return values;
  }

  static SuitesField suites(JsonNode array) {
    return new SuitesField(integers(array));
  }

  /** EAD items; labels of the examples have no sign, those of traces have one. */
  static EadItems ead(JsonNode array) {
    List<EadItem> items = new ArrayList<>();
    array.forEach(
        node ->
            items.add(
                new EadItem(
                    Math.abs(node.path("ead_label").asInt()),
                    node.path("critical").asBoolean(),
                    node.hasNonNull("ead_value")
                        ? Optional.of(hex(node, "ead_value"))
                        : Optional.empty())));
    return new EadItems(items);
  }
}
