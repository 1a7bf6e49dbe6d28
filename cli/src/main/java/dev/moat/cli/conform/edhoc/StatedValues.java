package dev.moat.cli.conform.edhoc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborWriter;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.crypto.InsecureWatchedCrypto.Derivation;
import dev.moat.crypto.InsecureWatchedCrypto.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Compares the values of a trace with what one side did: each value has a place where it must
 * appear, together with the values next to it, such as a key together with the info it was expanded
 * with.
 */
final class StatedValues {
  private final JsonNode values;
  private final Side side;
  private final Watch watch;
  private final List<String> notCompared = new ArrayList<>();

  StatedValues(JsonNode values, Side side) {
    this.values = values;
    this.side = side;
    this.watch = side.watch();
  }

  /** Compares everything; what a side does not show is named in a note. */
  void compare(Findings findings) {
    values
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (values.path(name).isTextual()) {
                compare(name, findings);
              }
            });
    if (!notCompared.isEmpty()) {
      findings.note("values of unknown names were not compared: " + notCompared);
    }
  }

  private void compare(String name, Findings findings) {
    Bytes value = Json.octets(values, name);
    Optional<Bytes> seen = side.seen(name);
    if (seen.isPresent()) {
      findings.same(name, value, seen.get());
      return;
    }
    Optional<BooleanSupplier> check = check(name, value);
    if (check.isEmpty()) {
      notCompared.add(name);
    } else if (!check.get().getAsBoolean()) {
      findings.problem(name + " " + value + " does not occur where it should");
    }
  }

  private Optional<BooleanSupplier> check(String name, Bytes value) {
    if (name.startsWith("info_")) {
      return Optional.of(() -> expanded(name.substring("info_".length()), value));
    }
    return switch (name) {
      // What the side was given, and without which the messages would be others.
      case "X", "Y", "SK_I", "SK_R", "PSK", "KeyUpdate_context" -> Optional.of(() -> true);
      case "message_1", "message_2", "message_3", "message_4" -> Optional.of(() -> true);
      case "TH_2_input", "TH_3_input", "TH_4_input" -> Optional.of(() -> hashed(name, value));
      case "TH_2", "TH_3", "TH_4", "H_message_1" -> Optional.of(() -> watch.hasHash(value));
      case "G_XY", "G_RX", "G_IY" -> Optional.of(() -> watch.hasAgreed(value));
      case "salt" -> Optional.of(() -> watch.hasDerivation(one -> one.key().equals(value)));
      case "PRK_2e" -> Optional.of(() -> extracted(value, "TH_2", "G_XY"));
      case "PRK_3e2m" -> Optional.of(() -> extracted(value, "SALT_3e2m", "G_RX"));
      case "PRK_4e3m" -> Optional.of(() -> extracted(value, "SALT_4e3m", secondSecret()));
      case "PRK_out_after_KeyUpdate" -> Optional.of(() -> updated(value, "PRK_out"));
      case "PRK_exporter_after_KeyUpdate" ->
          Optional.of(() -> updated(value, "PRK_out_after_KeyUpdate"));
      case "M_2", "M_3" -> Optional.of(() -> signed(name, value));
      case "Signature_or_MAC_2", "Signature_or_MAC_3" -> Optional.of(() -> proved(value));
      default -> checkOfMessage(name, value);
    };
  }

  private Optional<BooleanSupplier> checkOfMessage(String name, Bytes value) {
    return switch (name) {
      case "context_2", "context_3" -> Optional.of(() -> inContext(name, string(value)));
      case "context_2_bstr", "context_3_bstr" -> Optional.of(() -> inContext(name, value));
      case "PLAINTEXT_2", "PLAINTEXT_2A" -> Optional.of(() -> masked(name, value));
      case "CIPHERTEXT_2", "CIPHERTEXT_2A" -> Optional.of(() -> endOf("message_2", value));
      case "PLAINTEXT_3A" -> Optional.of(() -> masked(name, value));
      case "CIPHERTEXT_3A" -> Optional.of(() -> endOf("message_3", value));
      case "A_3", "IV_3", "PLAINTEXT_3", "PLAINTEXT_3B", "CIPHERTEXT_3", "CIPHERTEXT_3B" ->
          Optional.of(() -> watch.hasMessage(one -> isMessage(3, one)));
      case "external_aad_3" ->
          Optional.of(() -> watch.hasMessage(one -> endsWith(one.aad(), value)));
      // A credential with a pre-shared key is a part of the transcript.
      case "CRED_I_cbor", "CRED_R_cbor" -> Optional.of(() -> stated("PSK").isPresent());
      case "A_4", "IV_4", "PLAINTEXT_4", "CIPHERTEXT_4" ->
          Optional.of(() -> watch.hasMessage(one -> isMessage(4, one)));
      case "METHOD_cbor", "SUITES_I_cbor" -> Optional.of(() -> inMessage1(name, value));
      case "G_Y" ->
          Optional.of(() -> Json.octets(values, "message_2").toHex().contains(value.toHex()));
      default -> checkOfForm(name, value);
    };
  }

  /** A value that another one determines. */
  private Optional<BooleanSupplier> checkOfForm(String name, Bytes value) {
    if (values.has("info_" + name)) {
      return Optional.of(() -> expanded(name, Json.octets(values, "info_" + name)));
    }
    if (name.endsWith("_cbor") && values.path(stem(name)).isTextual()) {
      Bytes inner = Json.octets(values, stem(name));
      return Optional.of(() -> string(inner).equals(value));
    }
    if (name.matches("SALT_.*|K_[34]|MAC_[23]|KEYSTREAM_.*|PRK_.*|rPSK|rKID")) {
      return Optional.of(() -> watch.hasDerivation(one -> one.output().equals(value)));
    }
    return Optional.empty();
  }

  private static String stem(String name) {
    return name.substring(0, name.length() - "_cbor".length());
  }

  private Optional<Bytes> stated(String name) {
    return Json.optional(values, name);
  }

  /** True when {@code actual} is the stated value, or nothing is stated. */
  private boolean fits(String name, Bytes actual) {
    return stated(name).map(actual::equals).orElse(true);
  }

  private boolean expanded(String name, Bytes info) {
    return watch.hasDerivation(one -> one.input().equals(info) && fits(name, one.output()));
  }

  private boolean hashed(String name, Bytes input) {
    Optional<Bytes> hash = watch.hashOf(input);
    return hash.isPresent() && fits(name.substring(0, "TH_n".length()), hash.get());
  }

  /** Where there is no secret to mix in, the key is the one before it. */
  private boolean extracted(Bytes value, String salt, String secret) {
    return watch.hasDerivation(
        one -> one.output().equals(value) && fits(salt, one.key()) && isInput(secret, one));
  }

  private boolean isInput(String secret, Derivation one) {
    return stated(secret).map(one.input()::equals).orElse(true);
  }

  private String secondSecret() {
    return values.path("PSK").isTextual() ? "PSK" : "G_IY";
  }

  private boolean updated(Bytes value, String key) {
    return watch.hasDerivation(one -> one.output().equals(value) && fits(key, one.key()));
  }

  private boolean signed(String name, Bytes message) {
    String signature = "Signature_or_MAC_" + name.substring("M_".length());
    return watch.hasSignature(
        one -> one.message().equals(message) && fits(signature, one.signature()));
  }

  private boolean proved(Bytes value) {
    return watch.hasSignature(one -> one.signature().equals(value))
        || watch.hasDerivation(one -> one.output().equals(value));
  }

  /** context_2 and context_3 are the contexts of the MACs, in info with the labels 2 and 6. */
  private boolean inContext(String name, Bytes context) {
    Bytes label = Bytes.of(name.startsWith("context_2") ? 2 : 6);
    Bytes start = label.plus(context);
    return watch.hasDerivation(one -> startsWith(one.input(), start));
  }

  private boolean masked(String name, Bytes plaintext) {
    String suffix = name.substring("PLAINTEXT_".length());
    Bytes ciphertext = Json.octets(values, "CIPHERTEXT_" + suffix);
    if (ciphertext.length() != plaintext.length()) {
      return false;
    }
    Bytes mask = Masks.xor(plaintext, ciphertext);
    return watch.hasDerivation(one -> one.output().equals(mask))
        && fits("KEYSTREAM_" + suffix, mask);
  }

  private boolean endOf(String message, Bytes value) {
    return endsWith(Json.octets(values, message), value);
  }

  private static boolean endsWith(Bytes whole, Bytes end) {
    int start = whole.length() - end.length();
    return start >= 0 && whole.slice(start, whole.length()).equals(end);
  }

  private boolean isMessage(int number, Use use) {
    return fits("A_" + number, use.aad())
        && fits("IV_" + number, use.nonce())
        && fits("K_" + number, use.key())
        && fits("PLAINTEXT_" + number, use.plaintext())
        && fits("CIPHERTEXT_" + number, use.ciphertext())
        && fits("PLAINTEXT_" + number + "B", use.plaintext())
        && fits("CIPHERTEXT_" + number + "B", use.ciphertext());
  }

  private boolean inMessage1(String name, Bytes value) {
    Bytes message = Json.octets(values, "message_1");
    boolean first = name.equals("METHOD_cbor");
    int start = first ? 0 : stated("METHOD_cbor").map(Bytes::length).orElse(1);
    return startsWith(message.slice(start, message.length()), value);
  }

  private static boolean startsWith(Bytes whole, Bytes start) {
    return whole.length() >= start.length() && whole.slice(0, start.length()).equals(start);
  }

  private static Bytes string(Bytes content) {
    return new CborWriter().bytes(content).toBytes();
  }
}
