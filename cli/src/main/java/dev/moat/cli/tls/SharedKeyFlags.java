package dev.moat.cli.tls;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cli.file.Place;
import dev.moat.cli.file.SecretFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags for one pre-shared key; picocli fills them in. */
final class SharedKeyFlags {
  private static final int LINE_FEED = '\n';

  @Option(
      names = {"-k", "--key"},
      paramLabel = "KEY",
      description =
          "Pre-shared key for DTLS: the octets of this text. Others on this host may see it: prefer"
              + " --key-file for real keys. Goes with -u.")
  @Nullable String key;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "The same, from a file, whose last line may end.")
  @Nullable Path keyFile;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "IDENTITY",
      description = "Identity that belongs to the pre-shared key. Goes with -k or --key-file.")
  @Nullable String user;

  /** The first flag that was given, to be named in messages. */
  Optional<String> given() {
    if (key != null) {
      return Optional.of("-k");
    }
    if (keyFile != null) {
      return Optional.of("--key-file");
    }
    return user == null ? Optional.empty() : Optional.of("-u");
  }

  /**
   * Checks what can be checked without reading a file.
   *
   * @throws IllegalArgumentException when one is missing or empty; the message holds no key
   */
  void check(String withoutUser) {
    if (key != null && keyFile != null) {
      throw new IllegalArgumentException("give the key by -k or by --key-file, not by both");
    }
    if (user != null && key == null && keyFile == null) {
      throw new IllegalArgumentException(
          "-u names a pre-shared key: add -k KEY or --key-file FILE");
    }
    if (user == null && given().isPresent()) {
      throw new IllegalArgumentException(withoutUser);
    }
    if ("".equals(key) || "".equals(user)) {
      throw new IllegalArgumentException("-k and -u take at least one character");
    }
  }

  /** The identity; null when no key was given. */
  @Nullable String user() {
    return user;
  }

  /** The octets of the key; the caller's to close. */
  SecretBytes key(boolean insecureMode) {
    if (key != null) {
      return SecretBytes.owned(key.getBytes(StandardCharsets.UTF_8));
    }
    if (keyFile == null) {
      throw new IllegalStateException("no key was given");
    }
    Bytes content = SecretFile.octets(keyFile, insecureMode);
    int length = content.length();
    boolean ends = length > 0 && content.at(length - 1) == LINE_FEED;
    Bytes octets = ends ? content.slice(0, length - 1) : content;
    if (octets.isEmpty()) {
      throw Place.of(keyFile).misuse("is empty", "Make one: moat keygen NAME --type dtls-psk.");
    }
    return SecretBytes.owned(octets.toArray());
  }
}
