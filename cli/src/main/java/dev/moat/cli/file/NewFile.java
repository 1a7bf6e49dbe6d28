package dev.moat.cli.file;

import dev.moat.bytes.Bytes;
import dev.moat.cli.console.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Creates files. A file has its permissions from its first moment, is on the medium when it is
 * reported as written, and replaces an existing one only when that was asked for, at once and
 * whole.
 *
 * @param overwrite true to replace existing files
 */
public record NewFile(boolean overwrite) {
  private static final Set<OpenOption> CREATE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  /**
   * Writes a file that only its owner may read and write.
   *
   * @throws Failure when it exists and must not be replaced, or cannot be written
   */
  public void secret(Path file, Bytes content) {
    write(file, content, "rw-------");
  }

  /**
   * Writes a file that everyone may read.
   *
   * @throws Failure when it exists and must not be replaced, or cannot be written
   */
  public void open(Path file, Bytes content) {
    write(file, content, "rw-r--r--");
  }

  /**
   * Refuses to go on when {@code file} exists and must not be replaced: before anything is made
   * that could then not be stored.
   *
   * @throws Failure when it exists
   */
  public void check(Path file) {
    if (!overwrite && Files.exists(file)) {
      throw exists(file);
    }
  }

  private void write(Path file, Bytes content, String permissions) {
    try {
      if (overwrite) {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        boolean unused = Files.deleteIfExists(draft);
        create(draft, content, permissions);
        Path unusedPath =
            Files.move(
                draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        create(file, content, permissions);
      }
    } catch (FileAlreadyExistsException e) {
      throw exists(file);
    } catch (IOException e) {
      throw new Failure(
          "cannot write " + file + ": " + e.getMessage(), "Check the folder and its rights.", e);
    }
  }

  private static void create(Path file, Bytes content, String permissions) throws IOException {
    try (FileChannel channel = FileChannel.open(file, CREATE, attributes(permissions))) {
      ByteBuffer octets = content.asReadOnlyBuffer();
      while (octets.hasRemaining()) {
        int unused = channel.write(octets);
      }
      channel.force(true);
    }
  }

  /** None where the file system has no such permissions. */
  private static FileAttribute<?>[] attributes(String permissions) {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static Failure exists(Path file) {
    return new Failure(
        file + " exists already and is left as it is",
        "Choose another name with --out, or replace it with --force: a key in it is then lost.");
  }
}
