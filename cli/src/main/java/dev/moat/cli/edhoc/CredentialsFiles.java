package dev.moat.cli.edhoc;

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
import dev.moat.cli.keys.CredentialEntries;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The entries of one or several credentials files, as aiocoap's maps have them: under URI patterns
 * with {@code *}, or under names that begin with a colon. Of its kinds {@code edhoc-oscore} is read
 * here.
 */
public final class CredentialsFiles {
  private static final int MAX_REFERENCES = 10;

  private final boolean insecureMode;
  private final Map<String, Entry> values = new LinkedHashMap<>();
  private final Map<String, String> references = new LinkedHashMap<>();
  private final List<Path> files;

  private CredentialsFiles(List<Path> files, boolean insecureMode) {
    this.files = List.copyOf(files);
    this.insecureMode = insecureMode;
  }

  /**
   * Reads files, which may refer to each other's entries.
   *
   * @param insecureMode true to accept secrets in files that other users may read
   * @throws Failure when one cannot be read, is no credentials file, or has secrets that others may
   *     read
   */
  public static CredentialsFiles read(List<Path> files, boolean insecureMode) {
    CredentialsFiles all = new CredentialsFiles(files, insecureMode);
    files.forEach(all::add);
    return all;
  }

  /** True when one of the files has entries for EDHOC, as far as can be told without reading it. */
  public static boolean mentionEdhoc(List<Path> files) {
    return files.stream()
        .map(file -> new String(SecretFile.publicOctets(file).toArray(), StandardCharsets.UTF_8))
        .anyMatch(content -> content.contains(CredentialEntries.EDHOC));
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

  /** True when there is an entry for EDHOC, rather than for other kinds only. */
  public boolean hasEdhoc() {
    return values.values().stream().anyMatch(entry -> entry.has(CredentialEntries.EDHOC));
  }

  /**
   * True when what {@link #forUri} finds is for EDHOC, or when it finds nothing among entries of
   * which some are.
   */
  public boolean isEdhocFor(String uri) {
    Optional<String> key = longest(uri);
    return key.isEmpty() ? hasEdhoc() : resolved(key.get()).has(CredentialEntries.EDHOC);
  }

  private Optional<String> longest(String uri) {
    return patterns().stream()
        .filter(pattern -> matches(pattern, uri))
        .max(Comparator.comparing(String::length));
  }

  /**
   * For requests to {@code uri}: the entry with the longest pattern that matches. In files without
   * any pattern all entries count for every URI.
   *
   * @throws Failure when there is none, or one that is wrong
   */
  public EdhocCredentials forUri(String uri) {
    if (patterns().isEmpty()) {
      return all();
    }
    String key =
        longest(uri)
            .orElseThrow(
                () ->
                    Failure.usage(
                        names() + " has no credentials for " + uri,
                        "Add an entry such as \"" + uri + "\", or one that ends with *."));
    EdhocCredentials.Collector collector = new EdhocCredentials.Collector(insecureMode);
    collector.add(edhoc(resolved(key)));
    return collector.collect();
  }

  /**
   * What all entries have together: for a server, to which anyone may come.
   *
   * @throws Failure when one is wrong
   */
  public EdhocCredentials all() {
    EdhocCredentials.Collector collector = new EdhocCredentials.Collector(insecureMode);
    for (String key : references.keySet()) {
      Entry unused = resolved(key);
    }
    values.values().forEach(entry -> collector.add(edhoc(entry)));
    return collector.collect();
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

  private Entry edhoc(Entry entry) {
    if (entry.content().size() != 1) {
      throw entry
          .place()
          .misuse("must have exactly one kind of credentials", "Write {\"edhoc-oscore\": {...}}.");
    }
    String kind = entry.content().names().iterator().next();
    if (kind.equals(CredentialEntries.CA)) {
      throw entry
          .place()
          .misuse(
              "is the secret part of a certification authority",
              "Peers need its public part only; an identity is made with 'moat keygen NAME --type"
                  + " x509 --ca FILE'.");
    }
    if (!kind.equals(CredentialEntries.EDHOC)) {
      throw entry
          .place()
          .misuse("has credentials of the kind " + kind, "Only edhoc-oscore can be used here.");
    }
    return entry.inner(kind).orElseThrow();
  }

  private String names() {
    return String.join(", ", files.stream().map(Path::toString).toList());
  }

  private static boolean matches(String pattern, String uri) {
    String[] parts = pattern.split("\\*", -1);
    StringBuilder expression = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      expression.append(i == 0 ? "" : ".*").append(Pattern.quote(parts[i]));
    }
    return Pattern.matches(expression.toString(), uri);
  }
}
