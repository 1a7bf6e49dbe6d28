package dev.moat.cli.conform.edhoc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Lists of integers in vectors. */
final class Integers {
  private Integers() {}

  /**
   * The integers of a list.
   *
   * @throws IllegalArgumentException when it has other elements
   */
  static List<Integer> of(JsonNode list) {
    List<Integer> integers = new ArrayList<>();
    for (JsonNode one : list) {
      if (!one.isInt()) {
        throw new IllegalArgumentException("'" + one + "' is no integer");
      }
      integers.add(one.asInt());
    }
    return integers;
  }
}
