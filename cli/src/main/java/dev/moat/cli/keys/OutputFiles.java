package dev.moat.cli.keys;

import dev.moat.bytes.Bytes;
import dev.moat.cli.edn.EdnWriter;
import dev.moat.cli.edn.Item;
import java.nio.file.Path;

/** Names and contents of the files that keygen writes. */
final class OutputFiles {
  private OutputFiles() {}

  /** {@code lock.pub.json} for {@code lock.json}. */
  static Path publicBeside(Path secret) {
    String name = secret.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String open = dot <= 0 ? name + ".pub" : name.substring(0, dot) + ".pub" + name.substring(dot);
    return secret.resolveSibling(open);
  }

  /** Diagnostic notation, as aiocoap reads it, in files named so; JSON in all others. */
  static Bytes content(Path file, Item item) {
    String name = file.toString();
    boolean diagnostic = name.endsWith(".diag") || name.endsWith(".edn");
    return Bytes.utf8(diagnostic ? EdnWriter.diagnostic(item) : EdnWriter.json(item));
  }
}
