package dev.moat.cli.client;

import dev.moat.bytes.Bytes;
import dev.moat.cli.console.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads the payload of a request from a file or from standard input. */
final class PayloadSource {
  /** Block-wise transfer numbers 2^20 blocks of at most 1024 octets (RFC 7959, Section 2.2). */
  private static final int MAX_OCTETS = 1 << 30;

  private PayloadSource() {}

  static Bytes read(String file, InputStream standardInput) {
    if (file.equals("-")) {
      return read(standardInput, "standard input");
    }
    try (InputStream stream = Files.newInputStream(Path.of(file))) {
      return read(stream, file);
    } catch (IOException | InvalidPathException e) {
      throw new Failure(
          "cannot read the payload from '" + file + "': " + e.getMessage(),
          "Give a readable file, - for standard input, or the text itself with -e.",
          e);
    }
  }

  private static Bytes read(InputStream stream, String name) {
    try {
      byte[] content = stream.readNBytes(MAX_OCTETS + 1);
      if (content.length > MAX_OCTETS) {
        throw new Failure(
            name + " is longer than " + MAX_OCTETS + " octets",
            "Block-wise transfer (RFC 7959) cannot carry more; split it.");
      }
      return Bytes.owned(content);
    } catch (IOException e) {
      throw new Failure("cannot read " + name + ": " + e.getMessage(), "Check the input.", e);
    }
  }
}
