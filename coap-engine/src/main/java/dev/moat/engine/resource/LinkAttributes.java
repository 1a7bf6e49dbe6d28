package dev.moat.engine.resource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The attributes of a resource's link, in the order of their first mention. Immutable. */
record LinkAttributes(Map<String, List<String>> values) {
  static final LinkAttributes NONE = new LinkAttributes(Map.of());

  /** One more value; rt and if collect several values (RFC 6690, Section 3). */
  LinkAttributes plus(String name, String value) {
    Map<String, List<String>> more = new LinkedHashMap<>(values);
    List<String> all = new ArrayList<>(more.getOrDefault(name, List.of()));
    all.add(value);
    more.put(name, List.copyOf(all));
    return new LinkAttributes(more);
  }

  /** {@code value} in place of all values of {@code name}. */
  LinkAttributes with(String name, String value) {
    Map<String, List<String>> more = new LinkedHashMap<>(values);
    more.put(name, List.of(value));
    return new LinkAttributes(more);
  }
}
