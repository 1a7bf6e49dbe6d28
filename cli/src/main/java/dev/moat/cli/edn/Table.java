package dev.moat.cli.edn;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A map with numbers and texts as keys, in the order they were written. A text of decimal digits is
 * the number: JSON cannot write it otherwise.
 */
public final class Table implements Item {
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
  private static final Pattern SEPARATORS = Pattern.compile("[-\\s:]");
  private static final Pattern DIGITS = Pattern.compile("([0-9a-fA-F]{2})*");

  private final Map<Object, Item> entries = new LinkedHashMap<>();

  private Table() {}

  /** A map without entries. */
  public static Table empty() {
    return new Table();
  }

  /** This map with one entry more; the old one is not changed. */
  public Table with(long key, Item value) {
    return plus(key, value);
  }

  /** This map with one entry more; the old one is not changed. */
  public Table with(String key, Item value) {
    return plus(key(key), value);
  }

  private Table plus(Object key, Item value) {
    Table table = new Table();
    table.entries.putAll(entries);
    if (table.entries.putIfAbsent(key, value) != null) {
      throw new IllegalArgumentException("the map key " + key + " stands twice");
    }
    return table;
  }

  /** Adds an entry while a map is read; false when the key is there already. */
  boolean add(Item key, Item value) {
    Object name =
        key.integer().map(Object.class::cast).orElseGet(() -> key(key.text().orElseThrow()));
    return entries.putIfAbsent(name, value) == null;
  }

  private static Object key(String text) {
    return NUMBER.matcher(text).matches() ? (Object) Long.valueOf(text) : text;
  }

  /** The value of a key that is a number. */
  public Optional<Item> find(long key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** The value of a key that is a text. */
  public Optional<Item> find(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** How many entries there are. */
  public int size() {
    return entries.size();
  }

  /** The keys as they are written in JSON, in order. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    entries.keySet().forEach(key -> names.add(key.toString()));
    return names;
  }

  @Override
  public Optional<Table> table() {
    return Optional.of(this);
  }

  @Override
  public Optional<Bytes> octets() {
    if (entries.size() != 1) {
      return Optional.empty();
    }
    Optional<String> hex = find("hex").flatMap(Item::text);
    return hex.isPresent()
        ? hex.flatMap(Table::hex)
        : find("ascii").flatMap(Item::text).flatMap(Table::ascii);
  }

  private static Optional<Bytes> hex(String text) {
    String digits = SEPARATORS.matcher(text).replaceAll("");
    return DIGITS.matcher(digits).matches() ? Optional.of(Bytes.hex(digits)) : Optional.empty();
  }

  private static Optional<Bytes> ascii(String text) {
    return StandardCharsets.US_ASCII.newEncoder().canEncode(text)
        ? Optional.of(Bytes.utf8(text))
        : Optional.empty();
  }

  @Override
  public void encode(CborWriter writer) {
    Optional<Bytes> octets = octets();
    if (octets.isPresent()) {
      writer.bytes(octets.get());
      return;
    }
    writer.map(
        map ->
            entries.forEach(
                (key, value) -> {
                  if (key instanceof Long number) {
                    map.put(number, value::encode);
                  } else {
                    map.put((String) key, value::encode);
                  }
                }));
  }

  @Override
  public void print(EdnWriter writer) {
    writer.map(entries);
  }

  @Override
  public String toString() {
    return "a map";
  }
}
