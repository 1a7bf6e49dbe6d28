package dev.moat.store;

import dev.moat.oscore.store.StoreException;
import dev.moat.oscore.store.StoreException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which file a path meant when a store was opened, and whether it still does.
 *
 * <p>A process keeps writing to a file that was deleted or replaced without noticing, and the next
 * one finds a counter that went back.
 *
 * <p>Looks at attributes only: on POSIX systems a process loses its locks on a file when it closes
 * any handle of it, so a store's file must not be opened a second time.
 */
final class FileOwnership {
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path file;
  private final Optional<Object> key;

  private FileOwnership(Path file, Optional<Object> key) {
    this.file = file;
    this.key = key;
  }

  /** What {@code file} means now. */
  static FileOwnership of(Path file) throws StoreException {
    return new FileOwnership(file, key(file));
  }

  /**
   * @throws StoreException FENCED when the path means another file by now, or none
   */
  void check() throws StoreException {
    if (!key(file).equals(key)) {
      throw new StoreException(
          Reason.FENCED,
          file
              + " was replaced while in use; the contexts in it may have been used elsewhere:"
              + " replace their keys, or end every program that uses them and put the newest file"
              + " in place");
    }
  }

  private static Optional<Object> key(Path file) throws StoreException {
    try {
      // Some file systems have no such key; those also refuse to delete a file in use.
      return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    } catch (IOException e) {
      throw new StoreException(
          Reason.FENCED, file + " is gone or cannot be looked at: " + e.getMessage(), e);
    }
  }

  /** The file with every link resolved, as long as its directory is there. */
  static Path resolve(Path file) throws StoreException {
    Path absolute = file.toAbsolutePath();
    Path folder = Objects.requireNonNull(absolute.getParent(), "a file, not a root");
    try {
      return Files.exists(absolute)
          ? absolute.toRealPath()
          : folder.toRealPath().resolve(Objects.requireNonNull(absolute.getFileName()));
    } catch (IOException e) {
      throw new StoreException(Reason.IO, "there is no directory " + folder, e);
    }
  }

  /**
   * @throws StoreException when it is no file, or it or its directory cannot be written
   */
  static void demandWritable(Path file) throws StoreException {
    if (!Files.isRegularFile(file)) {
      throw new StoreException(Reason.IO, file + " is not a file");
    }
    if (!Files.isWritable(file)) {
      throw new StoreException(Reason.READ_ONLY, file + " cannot be written");
    }
    demandWritableFolder(file);
  }

  /**
   * @throws StoreException READ_ONLY when nothing can be created beside {@code file}
   */
  static void demandWritableFolder(Path file) throws StoreException {
    Path folder = Objects.requireNonNull(file.getParent());
    if (!Files.isWritable(folder)) {
      throw new StoreException(Reason.READ_ONLY, "the directory " + folder + " cannot be written");
    }
  }

  /**
   * @throws StoreException EXPOSED when anybody but the owner has any right on the file
   */
  static void demandPrivate(Path file) throws StoreException {
    if (!isPosix(file)) {
      return;
    }
    try {
      Set<PosixFilePermission> rights = EnumSet.copyOf(OWNER);
      rights.add(PosixFilePermission.OWNER_EXECUTE);
      if (!rights.containsAll(Files.getPosixFilePermissions(file))) {
        throw new StoreException(
            Reason.EXPOSED,
            file + " holds secrets and is open to other users: chmod 600 '" + file + "'");
      }
    } catch (IOException e) {
      throw explain(file, e);
    }
  }

  /**
   * @throws StoreException CORRUPT for an empty file, which would count as new: a store is complete
   *     from the moment it exists
   */
  static void demandContent(Path file) throws StoreException {
    try {
      if (Files.size(file) == 0) {
        throw SqliteDriver.corrupt(file, "it is empty", null);
      }
    } catch (IOException e) {
      throw explain(file, e);
    }
  }

  /** An operating system's refusal in this module's terms; Java tells them apart by text only. */
  static StoreException explain(Path file, IOException e) {
    String text = e + " ";
    if (e instanceof AccessDeniedException || text.contains("Read-only file system")) {
      return new StoreException(Reason.READ_ONLY, file + " cannot be written", e);
    }
    if (text.contains("No space left") || text.contains("quota exceeded")) {
      return new StoreException(Reason.FULL, "there is no room to write " + file, e);
    }
    return new StoreException(Reason.IO, file + ": " + e, e);
  }

  /** What makes a new file readable and writable by its owner alone from the start. */
  static FileAttribute<?>[] ownerOnly(Path file) {
    return isPosix(file)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
        : new FileAttribute<?>[0];
  }

  /** Makes the names in the directory of {@code file} durable, where the platform can. */
  static void synchroniseFolder(Path file) throws IOException {
    if (isPosix(file)) {
      try (FileChannel folder =
          FileChannel.open(Objects.requireNonNull(file.getParent()), StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
