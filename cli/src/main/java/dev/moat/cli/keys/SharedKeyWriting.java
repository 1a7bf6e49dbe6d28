package dev.moat.cli.keys;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.cli.console.Console;
import dev.moat.cli.edn.Item;
import dev.moat.cli.edn.Table;
import dev.moat.cli.file.NewFile;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * Makes a pre-shared key for DTLS. The key is printable, because libcoap takes it as text on the
 * command line: two hexadecimal digits for each random octet, and the digits are the key.
 */
final class SharedKeyWriting {
  private final KeygenOptions options;
  private final String name;
  private final Console console;
  private final RandomSource random = new SecureRandom()::nextBytes;

  SharedKeyWriting(KeygenOptions options, String name, Console console) {
    this.options = options;
    this.name = name;
    this.console = console;
  }

  void run() {
    NewFile files = new NewFile(options.force);
    Path file = KeygenCommand.file(options, name, "json");
    Path bare = keyBeside(file);
    files.check(file);
    files.check(bare);
    String identity = options.identity == null ? name : options.identity;
    String key = random.bytes(options.octets).toHex();
    files.secret(file, OutputFiles.content(file, entry(identity, key)));
    files.secret(bare, Bytes.utf8(key));
    console.result(file + "  key and identity: for --credentials on both sides");
    console.result(bare + "  the bare key: for --key-file, libcoap and openssl");
  }

  private static Table entry(String identity, String key) {
    Table dtls = Table.empty().with("psk", ascii(key)).with("client-identity", ascii(identity));
    return Table.empty().with("coaps://*", Table.empty().with("dtls", dtls));
  }

  /** The form of aiocoap. */
  private static Item ascii(String text) {
    return Table.empty().with("ascii", Item.of(text));
  }

  /** {@code phone.key} for {@code phone.json}. */
  private static Path keyBeside(Path file) {
    String text = file.getFileName().toString();
    int dot = text.lastIndexOf('.');
    return file.resolveSibling((dot <= 0 ? text : text.substring(0, dot)) + ".key");
  }
}
