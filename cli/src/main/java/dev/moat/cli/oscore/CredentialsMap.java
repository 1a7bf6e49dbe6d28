package dev.moat.cli.oscore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moat.cli.entry.UriPattern;
import dev.moat.cli.file.Place;
import dev.moat.cli.file.SecretFile;
import dev.moat.cli.tls.TlsEntries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * aiocoap's credentials map: URI patterns with {@code *}, of which the longest that matches counts,
 * and what protects requests to them. Of its kinds OSCORE is read here.
 */
final class CredentialsMap {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MAX_REFERENCES = 10;

  private final Path file;
  private final JsonNode map;
  private final boolean insecureMode;

  private CredentialsMap(Path file, JsonNode map, boolean insecureMode) {
    this.file = file;
    this.map = map;
    this.insecureMode = insecureMode;
  }

  /** Reads a map. */
  static CredentialsMap read(Path file, boolean insecureMode) {
    JsonNode map = json(file, insecureMode);
    if (!map.isObject()) {
      throw Place.of(file)
          .refuse("is no JSON object", "Write {\"coap://host/*\": {\"oscore\": {...}}}.");
    }
    return new CredentialsMap(file, map, insecureMode);
  }

  private static JsonNode json(Path file, boolean insecureMode) {
    try {
      return MAPPER.readTree(SecretFile.read(file, insecureMode));
    } catch (JsonProcessingException e) {
      // Without the parser's message, which quotes the text around, perhaps a secret.
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new Place(file, line, "").refuse("is no JSON", "Check quotes, commas and braces.");
    }
  }

  /** Opens the context for requests to {@code uri}; a request without one must not leave. */
  void openFor(String uri, OpenedContexts opened) {
    String key =
        map.properties().stream()
            .filter(member -> !member.getValue().isNull())
            .map(Map.Entry::getKey)
            .filter(pattern -> UriPattern.matches(pattern, uri))
            .max(Comparator.comparing(String::length))
            .orElseThrow(
                () ->
                    Place.of(file)
                        .refuse(
                            "has no credentials for " + uri,
                            "Add an entry such as \"" + uri + "\", or one that ends with *."));
    open(resolved(key), opened);
  }

  /** Opens every context of the map, each once. */
  void openAll(OpenedContexts opened) {
    Set<String> seen = new HashSet<>();
    for (Map.Entry<String, JsonNode> member : map.properties()) {
      if (!member.getValue().isNull()) {
        String key = resolved(member.getKey());
        if (seen.add(key) && !isForTls(map.path(key))) {
          open(key, opened);
        }
      }
    }
  }

  /** Those of other kinds are for who knows them: a file may have both. */
  private static boolean isForTls(JsonNode value) {
    return value.size() == 1 && TlsEntries.isKind(value.fieldNames().next());
  }

  /** Follows references such as {@code ":my-server"}. */
  private String resolved(String key) {
    String current = key;
    for (int i = 0; i < MAX_REFERENCES; i++) {
      JsonNode value = map.path(current);
      if (!value.isTextual()) {
        return current;
      }
      current = value.asText();
      if (!current.startsWith(":")) {
        // Without the text itself, which may be a secret.
        throw new Place(file, 0, key).refuse("is no object", "References begin with :.");
      }
      if (!map.has(current)) {
        throw new Place(file, 0, key)
            .refuse("refers to '" + current + "', which is not there", "Add it.");
      }
    }
    throw new Place(file, 0, key).refuse("refers in a circle", "Let it refer to an object.");
  }

  private void open(String key, OpenedContexts opened) {
    JsonNode value = map.path(key);
    Place place = new Place(file, 0, key);
    if (value.size() != 1) {
      throw place.refuse("must have exactly one kind of credentials", "Write {\"oscore\": {...}}.");
    }
    if (!value.has("oscore")) {
      throw place.refuse(
          "has credentials of the kind "
              + value.fieldNames().next()
              + ", which cannot be used here",
          "Known are oscore, edhoc-oscore, dtls, tlscert, x509 and rpk. Nothing was sent.");
    }
    JsonNode oscore = value.path("oscore");
    Optional<Path> folder = folder(place, oscore);
    if (folder.isPresent()) {
      openFolder(folder.get(), opened);
    } else {
      openInline(oscore, opened);
    }
  }

  private Optional<Path> folder(Place place, JsonNode oscore) {
    JsonNode name = oscore.has("basedir") ? oscore.path("basedir") : oscore.path("contextfile");
    if (name.isMissingNode()) {
      return Optional.empty();
    }
    if (!name.isTextual() || oscore.size() != 1) {
      throw place.refuse("takes nothing beside a basedir", "Move settings into its settings.json.");
    }
    Path asWritten = Path.of(name.asText());
    Path beside = file.toAbsolutePath().resolveSibling(asWritten);
    return Optional.of(Files.isDirectory(asWritten) ? asWritten : beside);
  }

  private void openFolder(Path folder, OpenedContexts opened) {
    AiocoapSettings settings = new AiocoapSettings(folder);
    for (String name : new String[] {"secret.json", "settings.json"}) {
      Path part = folder.resolve(name);
      if (Files.exists(part)) {
        // Settings are no secret by themselves, unless the secret is among them.
        JsonNode content = json(part, true);
        if (content.has("secret") || content.has("secret_hex") || content.has("secret_ascii")) {
          String unused = SecretFile.read(part, insecureMode);
        }
        settings.add(part, content);
      }
    }
    try (OscoreConf conf = settings.conf()) {
      opened.add(conf, () -> AiocoapSequence.open(folder));
    }
  }

  private void openInline(JsonNode oscore, OpenedContexts opened) {
    AiocoapSettings settings = new AiocoapSettings(file);
    settings.add(file, oscore);
    Path state = file.resolveSibling(file.getFileName() + ".moat-state");
    try (OscoreConf conf = settings.conf()) {
      opened.addShared(state, conf);
    }
  }
}
