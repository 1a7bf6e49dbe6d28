package dev.moat.cli.entry;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cli.console.Failure;
import dev.moat.cli.edn.CborItems;
import dev.moat.cli.edn.EdnException;
import dev.moat.cli.edn.EdnReader;
import dev.moat.cli.edn.Item;
import dev.moat.cli.edn.Table;
import dev.moat.cli.file.Place;
import dev.moat.cli.file.SecretFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The entries of one or several credentials files. */
public final class EntryMap {
  private static final int MAX_REFERENCES = 10;

  private final Map<String, Entry> values = new LinkedHashMap<>();
  private final Map<String, String> references = new LinkedHashMap<>();
  private final List<Path> files;

  private EntryMap(List<Path> files) {
    this.files = List.copyOf(files);
  }

  /**
   * Reads files, which may refer to each other's entries. Whether others may read them is not
   * asked: that is up to who finds a secret in an entry.
   *
   * @throws Failure when one cannot be read or is no credentials file
   */
  public static EntryMap read(List<Path> files) {
    EntryMap all = new EntryMap(files);
    files.forEach(all::add);
    return all;
  }

  /** True when one of the files has this text somewhere: cheaper than reading it. */
  public static boolean mention(List<Path> files, String text) {
    return files.stream()
        .map(file -> new String(SecretFile.publicOctets(file).toArray(), StandardCharsets.UTF_8))
        .anyMatch(content -> content.contains(text));
  }

  private void add(Path file) {
    Place place = Place.of(file);
    Table map =
        item(place)
            .table()
            .orElseThrow(
                () -> place.misuse("is no map", "Write {\":me\": {\"edhoc-oscore\": {...}}}."));
    for (String key : map.names()) {
      add(place, key, map.find(key).orElseThrow());
    }
  }

  private static Item item(Place place) {
    Bytes content = SecretFile.publicOctets(place.file());
    try {
      boolean cbor = !content.isEmpty() && content.at(0) >> 5 == 5;
      return cbor ? CborItems.read(content) : EdnReader.read(content.toUtf8());
    } catch (CborException e) {
      throw place.misuse("is no deterministic CBOR: " + e.getMessage(), "Is this the right file?");
    } catch (EdnException e) {
      throw new Place(place.file(), e.line(), "")
          .misuse(e.rule(), "Check quotes, commas and braces.");
    }
  }

  private void add(Place file, String key, Item value) {
    Place place = file.member(key);
    if (values.containsKey(key) || references.containsKey(key)) {
      throw place.misuse("is there twice", "Give each entry its own name.");
    }
    if (value.isNothing()) {
      return;
    }
    Optional<String> reference = value.text();
    if (reference.isPresent()) {
      if (!reference.get().startsWith(":")) {
        // Without the text itself, which may be a secret.
        throw place.misuse("is no map", "References begin with :.");
      }
      references.put(key, reference.get());
      return;
    }
    Table content = Entry.typed(place, value, Item::table, "a map or a reference such as \":me\"");
    values.put(key, new Entry(place, content));
  }

  /** Every entry, once; references are followed to see that they lead somewhere. */
  public Collection<Entry> all() {
    for (String key : references.keySet()) {
      Entry unused = resolved(key);
    }
    return Collections.unmodifiableCollection(values.values());
  }

  /** True when there is an entry with this kind of credentials. */
  public boolean hasKind(String kind) {
    return values.values().stream().anyMatch(entry -> entry.has(kind));
  }

  /** True when no entry is for some URIs only. */
  public boolean isWithoutPatterns() {
    return patterns().isEmpty();
  }

  /** For requests to {@code uri}: the entry with the longest pattern that matches. */
  public Optional<Entry> forUri(String uri) {
    return patterns().stream()
        .filter(pattern -> UriPattern.matches(pattern, uri))
        .max(Comparator.comparing(String::length))
        .map(this::resolved);
  }

  private List<String> patterns() {
    List<String> patterns = new ArrayList<>(values.keySet());
    patterns.addAll(references.keySet());
    patterns.removeIf(key -> key.startsWith(":"));
    return patterns;
  }

  private Entry resolved(String key) {
    String current = key;
    for (int i = 0; i < MAX_REFERENCES; i++) {
      Entry entry = values.get(current);
      if (entry != null) {
        return entry;
      }
      String next = references.get(current);
      if (next == null) {
        throw Failure.usage(
            names() + ": " + key + " refers to '" + current + "', which is not there", "Add it.");
      }
      current = next;
    }
    throw Failure.usage(names() + ": " + key + " refers in a circle", "Let it refer to a map.");
  }

  /** The names of the files. */
  public String names() {
    return String.join(", ", files.stream().map(Path::toString).toList());
  }
}
