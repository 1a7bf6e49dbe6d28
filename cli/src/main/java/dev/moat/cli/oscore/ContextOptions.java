package dev.moat.cli.oscore;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cli.file.Place;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.HashAlgorithm;
import dev.moat.oscore.context.ReplayWindow;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A security context given by options, for experiments and test vectors; picocli fills it in. */
final class ContextOptions {
  @Option(
      names = "--master-secret",
      paramLabel = "HEX",
      description = "Master Secret. Others on this host may see it: prefer -E for real secrets.")
  @Nullable String masterSecret;

  @Option(
      names = "--master-salt",
      paramLabel = "HEX",
      description = "Master Salt; empty if left out.")
  String masterSalt = "";

  @Option(names = "--sender-id", paramLabel = "HEX", description = "Sender ID; may be \"\".")
  @Nullable String senderId;

  @Option(names = "--recipient-id", paramLabel = "HEX", description = "Recipient ID; may be \"\".")
  @Nullable String recipientId;

  @Option(names = "--id-context", paramLabel = "HEX", description = "ID Context; none if left out.")
  @Nullable String idContext;

  @Option(
      names = "--aead",
      paramLabel = "ALG",
      description = "AEAD algorithm by COSE number or name; 10 (AES-CCM-16-64-128) if left out.")
  String aead = "10";

  @Option(
      names = "--hkdf",
      paramLabel = "ALG",
      description = "HKDF by COSE number or name; -10 (direct+HKDF-SHA-256) if left out.")
  String hkdf = "-10";

  /** True when one of them was given. */
  boolean given() {
    return masterSecret != null || senderId != null || recipientId != null;
  }

  /**
   * What the options say.
   *
   * @throws IllegalArgumentException when one is missing or wrong; the message names it
   */
  OscoreConf conf() {
    AeadAlgorithm algorithm =
        AlgorithmNames.aead(aead)
            .orElseThrow(() -> unknown("--aead", aead, AlgorithmNames.aeadChoices()));
    HashAlgorithm hash =
        AlgorithmNames.hkdf(hkdf)
            .orElseThrow(() -> unknown("--hkdf", hkdf, AlgorithmNames.hkdfChoices()));
    return new OscoreConf(
        new Place(Path.of("command line"), 0, ""),
        SecretBytes.copyOf(octets("--master-secret", masterSecret).toArray()),
        octets("--master-salt", masterSalt),
        octets("--sender-id", senderId),
        List.of(octets("--recipient-id", recipientId)),
        Optional.ofNullable(idContext).map(digits -> octets("--id-context", digits)),
        algorithm,
        hash,
        ReplayWindow.DEFAULT_SIZE,
        Optional.empty(),
        false,
        List.of());
  }

  private static Bytes octets(String option, @Nullable String digits) {
    if (digits == null) {
      throw new IllegalArgumentException(option + " is missing; or give a file with -E");
    }
    if (!digits.matches("([0-9a-fA-F]{2})*")) {
      throw new IllegalArgumentException(option + " takes pairs of hexadecimal digits");
    }
    return Bytes.hex(digits);
  }

  private static IllegalArgumentException unknown(String option, String value, String choices) {
    return new IllegalArgumentException(
        option + " names '" + value + "', which is not supported; choose: " + choices);
  }
}
