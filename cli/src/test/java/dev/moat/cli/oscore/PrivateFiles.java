package dev.moat.cli.oscore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Writes files that only their owner may read. */
public final class PrivateFiles {
  private PrivateFiles() {}

  /** Writes {@code text} to {@code name} in {@code folder}. */
  public static Path write(Path folder, String name, String... lines) {
    return write(folder, "rw-------", name, lines);
  }

  /** The same with other permissions. */
  public static Path write(Path folder, String permissions, String name, String[] lines) {
    try {
      Path file = Files.write(folder.resolve(name), List.of(lines));
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
