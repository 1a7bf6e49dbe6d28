package dev.moat.cli.edn;

import dev.moat.bytes.Bytes;
import java.util.List;
import java.util.Map;

/** Writes an item as text, a line for each entry of a map. Owned by one thread. */
public final class EdnWriter {
  private static final String INDENT = "  ";

  private final StringBuilder out = new StringBuilder();
  private final boolean json;
  private int depth;

  private EdnWriter(boolean json) {
    this.json = json;
  }

  /** The item in diagnostic notation, ending with a line feed. */
  public static String diagnostic(Item item) {
    return write(item, false);
  }

  /**
   * The item as JSON, ending with a line feed; byte strings become {@code {"hex": "..."}}.
   *
   * @throws IllegalArgumentException for a tagged item, which JSON does not have
   */
  public static String json(Item item) {
    return write(item, true);
  }

  private static String write(Item item, boolean json) {
    EdnWriter writer = new EdnWriter(json);
    item.print(writer);
    return writer.out.append('\n').toString();
  }

  void number(long value) {
    out.append(value);
  }

  void word(String word) {
    out.append(word);
  }

  void octets(Bytes value) {
    if (json) {
      out.append("{\"hex\": \"").append(value.toHex()).append("\"}");
    } else {
      out.append("h'").append(value.toHex()).append('\'');
    }
  }

  void text(String value) {
    out.append('"');
    value.chars().forEach(this::character);
    out.append('"');
  }

  private void character(int character) {
    if (character == '"' || character == '\\') {
      out.append('\\').append((char) character);
    } else if (Character.isISOControl(character)) {
      out.append(String.format("\\u%04x", character));
    } else {
      out.append((char) character);
    }
  }

  void array(List<Item> items) {
    String separator = "";
    out.append('[');
    for (Item item : items) {
      out.append(separator);
      item.print(this);
      separator = ", ";
    }
    out.append(']');
  }

  void map(Map<Object, Item> entries) {
    depth++;
    String separator = "";
    out.append('{');
    for (Map.Entry<Object, Item> entry : entries.entrySet()) {
      out.append(separator).append('\n').append(INDENT.repeat(depth));
      key(entry.getKey());
      out.append(": ");
      entry.getValue().print(this);
      separator = ",";
    }
    depth--;
    out.append(entries.isEmpty() ? "" : "\n" + INDENT.repeat(depth)).append('}');
  }

  private void key(Object key) {
    if (key instanceof Long && !json) {
      out.append(key);
    } else {
      text(key.toString());
    }
  }

  void tagged(long tag, Item content) {
    if (json) {
      throw new IllegalArgumentException("JSON has no tags");
    }
    out.append(tag).append('(');
    content.print(this);
    out.append(')');
  }
}
