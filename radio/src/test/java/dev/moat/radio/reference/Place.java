package dev.moat.radio.reference;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A place in the reference file: its path, the steps joined by " > ", and what stands there.
 *
 * @param path from the root, without a separator in front
 * @param node what stands there
 */
record Place(String path, JsonNode node) {
  static final String SEPARATOR = " > ";

  /** The root of the file; decimals keep the digits they are printed with. */
  static Place file() {
    try (InputStream stream = Place.class.getResourceAsStream("/lightweight-reference.json")) {
      JsonNode root =
          new ObjectMapper()
              .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
              .readTree(stream);
      return new Place("", root);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The place some steps further down; a number is an index of an array. */
  Place to(Object... steps) {
    Place place = this;
    for (Object step : steps) {
      place = place.step(step.toString());
    }
    return place;
  }

  private Place step(String step) {
    JsonNode next = node.isArray() ? node.path(Integer.parseInt(step)) : node.path(step);
    if (next.isMissingNode()) {
      throw new AssertionError("the reference file has no " + path + SEPARATOR + step);
    }
    return new Place(path.isEmpty() ? step : path + SEPARATOR + step, next);
  }

  /** What stands directly below. */
  List<Place> children() {
    List<Place> children = new ArrayList<>();
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        children.add(to(i));
      }
    } else {
      node.fieldNames().forEachRemaining(name -> children.add(to(name)));
    }
    return children;
  }

  /** Every number, boolean, text and null at or below this place, by its path. */
  Map<String, JsonNode> leaves() {
    Map<String, JsonNode> leaves = new LinkedHashMap<>();
    collect(leaves);
    return leaves;
  }

  private void collect(Map<String, JsonNode> leaves) {
    if (node.isValueNode()) {
      leaves.put(path, node);
    }
    children().forEach(child -> child.collect(leaves));
  }

  /** The last step of the path. */
  String name() {
    return path.substring(path.lastIndexOf(SEPARATOR) + SEPARATOR.length());
  }

  boolean has(String name) {
    return node.has(name);
  }

  int integer() {
    if (!node.isInt()) {
      throw new AssertionError(path + " is no integer but " + node);
    }
    return node.intValue();
  }

  double number() {
    return node.decimalValue().doubleValue();
  }

  String text() {
    return node.textValue();
  }

  int[] integers() {
    return children().stream().mapToInt(Place::integer).toArray();
  }
}
