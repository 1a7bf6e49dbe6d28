package dev.moat.cli.tls;

import dev.moat.bytes.SecretBytes;
import dev.moat.cli.file.Place;
import dev.moat.cli.file.SecretFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Pre-shared keys of many clients in the form of libcoap's server: {@code hint,identity,key} on
 * each line. Lines for other hints than the server's own do not count.
 */
final class IdentityFile {
  private static final int PARTS = 3;

  private IdentityFile() {}

  /** Has {@code parts} accept the keys for {@code hint}. */
  static void read(Path file, String hint, boolean insecureMode, CredentialParts parts) {
    List<String> lines = SecretFile.read(file, insecureMode).lines().toList();
    int count = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] values = line.split(",", PARTS);
      if (values.length < PARTS || values[1].isEmpty() || values[2].isEmpty()) {
        throw new Place(file, i + 1, "")
            .misuse("is not hint,identity,key", "Only the hint may be empty; # begins a comment.");
      }
      if (values[0].equals(hint)) {
        parts.accept(values[1], SecretBytes.owned(values[2].getBytes(StandardCharsets.UTF_8)));
        count++;
      }
    }
    if (count == 0) {
      throw Place.of(file)
          .misuse(
              "has no key for the hint '" + hint + "'",
              "Lines are hint,identity,key; -h tells which hint counts.");
    }
  }
}
