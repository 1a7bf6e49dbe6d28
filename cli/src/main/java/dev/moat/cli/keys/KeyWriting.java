package dev.moat.cli.keys;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.cli.console.Console;
import dev.moat.cli.file.NewFile;
import dev.moat.cose.key.PrivateKey;
import dev.moat.crypto.Curves;
import dev.moat.crypto.bc.PrimitivesChoice;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Writes bare keys: new ones, or one from a file in another format. */
final class KeyWriting {
  private static final Path STANDARD_OUTPUT = Path.of("-");

  private final KeygenOptions options;
  private final Console console;
  private final KeyFormat format;
  private final NewFile files;
  private final Curves curves = PrimitivesChoice.best().curves();
  private final RandomSource random = new SecureRandom()::nextBytes;

  KeyWriting(KeygenOptions options, Console console) {
    this.options = options;
    this.console = console;
    this.format = options.format == null ? KeyFormat.CBOR : options.format;
    this.files = new NewFile(options.force);
  }

  /** Writes the key for {@code name}, or the one that was given. */
  void run(@Nullable String name) {
    try (StoredKey key = key()) {
      if (options.onlyPublic) {
        print(format.write(key.publicPart()), options.out);
      } else if (!key.isSecret()) {
        print(format.write(key), options.out);
      } else {
        secret(key, name);
      }
    }
  }

  private StoredKey key() {
    if (options.in != null) {
      return new KeyFile(curves, options.insecureFileMode).read(options.in);
    }
    return options.type == CredentialKind.PSK
        ? new StoredKey.Shared(SecretBytes.random(options.octets, random))
        : new StoredKey.Pair(PrivateKey.generate(options.curve(), curves, random));
  }

  /** A secret goes to a terminal only when that was asked for. */
  private void secret(StoredKey key, @Nullable String name) {
    if (name == null && options.out == null) {
      throw new IllegalArgumentException(
          "where shall the secret key go? Add --out FILE (or --out - for standard output), or"
              + " --public for the public part");
    }
    if (STANDARD_OUTPUT.equals(options.out)) {
      print(format.write(key), null);
      return;
    }
    Path file = KeygenCommand.file(options, String.valueOf(name), format.suffix());
    files.secret(file, format.write(key));
    console.result(file + "  the secret key: only you can read it");
    if (name != null && key instanceof StoredKey.Pair) {
      Path open = OutputFiles.publicBeside(file);
      files.open(open, format.write(key.publicPart()));
      console.result(open + "  its public part");
    }
  }

  private void print(Bytes content, @Nullable Path file) {
    if (file != null && !STANDARD_OUTPUT.equals(file)) {
      files.open(file, content);
      console.result(file + "  the public key");
    } else if (content.isUtf8() && format != KeyFormat.CBOR) {
      console.out().print(content.toUtf8());
      console.out().flush();
    } else {
      console.result(content.toHex());
    }
  }
}
