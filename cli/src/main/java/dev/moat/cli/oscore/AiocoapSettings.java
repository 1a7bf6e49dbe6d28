package dev.moat.cli.oscore;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cli.file.Place;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.HashAlgorithm;
import dev.moat.oscore.context.ReplayWindow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of an OSCORE context as aiocoap names them, from one or several JSON objects. Octets
 * are {@code "secret_hex": "01"} and {@code "sender-id_ascii": "a"}, or {@code "secret": {"hex":
 * "01"}}.
 */
final class AiocoapSettings {
  private static final Set<String> OCTETS =
      Set.of("secret", "salt", "sender-id", "recipient-id", "id-context");
  private static final Set<String> OTHERS = Set.of("algorithm", "kdf-hashfun", "window");

  private final Path origin;
  private final Map<String, JsonNode> others = new LinkedHashMap<>();
  private final Map<String, Bytes> octets = new LinkedHashMap<>();

  /** No settings yet; {@code origin} is for messages. */
  AiocoapSettings(Path origin) {
    this.origin = origin;
  }

  /** Takes the members of {@code object}, which stands in {@code file}. */
  void add(Path file, JsonNode object) {
    if (!object.isObject()) {
      throw Place.of(file).refuse("is no JSON object", "See aiocoap's documentation.");
    }
    object.properties().forEach(member -> add(file, member.getKey(), member.getValue()));
  }

  private void add(Path file, String member, JsonNode value) {
    Place place = new Place(file, 0, member);
    String name = member.replaceFirst("_(hex|ascii)$", "");
    if (octets.containsKey(name) || others.containsKey(name)) {
      throw place.refuse("is there twice", "Leave one of the two out.");
    }
    if (OCTETS.contains(name)) {
      octets.put(name, octets(place, member.substring(name.length()), value));
    } else if (OTHERS.contains(member)) {
      others.put(member, value);
    } else {
      throw place.refuse("is no setting of OSCORE known here", "Leave it out, or check its name.");
    }
  }

  private static Bytes octets(Place place, String suffix, JsonNode value) {
    boolean hex = suffix.equals("_hex") || (suffix.isEmpty() && value.path("hex").isTextual());
    boolean inner = suffix.isEmpty() && value.isObject() && value.size() == 1;
    JsonNode text = inner ? value.path(hex ? "hex" : "ascii") : value;
    if (!text.isTextual() || suffix.isEmpty() != inner) {
      throw place.refuse(
          "has no octets",
          "Write {\"hex\": \"0102\"} or {\"ascii\": \"ab\"} or append _hex or _ascii.");
    }
    return hex ? hex(place, text.asText()) : ascii(place, text.asText());
  }

  private static Bytes hex(Place place, String text) {
    String digits = text.replaceAll("[- :]", "");
    if (!digits.matches("([0-9a-fA-F]{2})*")) {
      throw place.refuse("is no pairs of hexadecimal digits", "Two digits make an octet.");
    }
    return Bytes.hex(digits);
  }

  private static Bytes ascii(Place place, String text) {
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
      throw place.refuse("has characters that are not ASCII", "Use hex instead.");
    }
    return Bytes.utf8(text);
  }

  /** The context that the settings make. */
  OscoreConf conf() {
    return new OscoreConf(
        Place.of(origin),
        SecretBytes.copyOf(required("secret").toArray()),
        octets.getOrDefault("salt", Bytes.empty()),
        required("sender-id"),
        List.of(required("recipient-id")),
        Optional.ofNullable(octets.get("id-context")),
        aead(),
        hkdf(),
        window(),
        Optional.empty(),
        false,
        List.of());
  }

  private Bytes required(String name) {
    Bytes value = octets.get(name);
    if (value == null) {
      throw new Place(origin, 0, name).refuse("is missing", "Add it.");
    }
    return value;
  }

  private AeadAlgorithm aead() {
    String name = text("algorithm", "AES-CCM-16-64-128");
    return AlgorithmNames.aead(name)
        .orElseThrow(() -> unknown("algorithm", name, AlgorithmNames.aeadChoices()));
  }

  private HashAlgorithm hkdf() {
    String name = text("kdf-hashfun", "sha256");
    return AlgorithmNames.hkdf(name)
        .orElseThrow(() -> unknown("kdf-hashfun", name, "sha256, sha384, sha512"));
  }

  private int window() {
    JsonNode value = others.get("window");
    if (value == null) {
      return ReplayWindow.DEFAULT_SIZE;
    }
    if (!value.isInt() || value.asInt() < 0 || value.asInt() > ReplayWindow.MAX_SIZE) {
      throw new Place(origin, 0, "window")
          .refuse("takes a number from 0 to " + ReplayWindow.MAX_SIZE, "Correct it.");
    }
    return value.asInt();
  }

  private String text(String name, String usual) {
    JsonNode value = others.get(name);
    return value == null ? usual : value.asText();
  }

  private RuntimeException unknown(String name, String value, String choices) {
    return new Place(origin, 0, name)
        .refuse("names '" + value + "', which is not supported", "Choose: " + choices);
  }
}
