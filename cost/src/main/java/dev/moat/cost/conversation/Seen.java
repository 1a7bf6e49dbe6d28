package dev.moat.cost.conversation;

import java.util.HashMap;
import java.util.Map;

/**
 * Which messages were there already. As many entries as the conversation has datagrams; their
 * number is limited where captures are read.
 */
final class Seen {
  private final Map<Object, String> names = new HashMap<>();
  private String repeated = "";

  /** True for what was there before; {@link #repeated} tells its name. */
  boolean again(Object key) {
    String before = names.get(key);
    if (before == null) {
      return false;
    }
    repeated = before;
    return true;
  }

  /** Keeps the name of what is there for the first time. */
  void first(Object key, String name) {
    String unused = names.put(key, name);
  }

  /** The name of the last repetition. */
  String repeated() {
    return repeated;
  }
}
