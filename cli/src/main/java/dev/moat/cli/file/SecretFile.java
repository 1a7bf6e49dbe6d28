package dev.moat.cli.file;

import dev.moat.bytes.Bytes;
import dev.moat.cli.console.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Reads files that hold secrets, and refuses those that other users may read. */
public final class SecretFile {
  /** Far more than any configuration needs. */
  private static final int MAX_OCTETS = 1 << 20;

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private SecretFile() {}

  /**
   * The text of {@code file}.
   *
   * @param insecureMode true to accept a file that other users may read or write
   * @throws Failure when it cannot be read or others may read it
   */
  public static String read(Path file, boolean insecureMode) {
    Bytes content = octets(file, insecureMode);
    if (!content.isUtf8()) {
      throw new Failure(file + " is no text file", "Is this the right file?");
    }
    return content.toUtf8();
  }

  /**
   * The octets of {@code file}.
   *
   * @param insecureMode true to accept a file that other users may read or write
   * @throws Failure when it cannot be read or others may read it
   */
  public static Bytes octets(Path file, boolean insecureMode) {
    Bytes content = publicOctets(file);
    if (!insecureMode) {
      refuseWhenShared(file);
    }
    return content;
  }

  /**
   * The octets of a file that others may read, as long as it turns out to hold no secret.
   *
   * @throws Failure when it cannot be read
   */
  public static Bytes publicOctets(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      Bytes content = Bytes.owned(stream.readNBytes(MAX_OCTETS + 1));
      if (content.length() > MAX_OCTETS) {
        throw new Failure(
            file + " is longer than " + MAX_OCTETS + " octets", "Is this the right file?");
      }
      return content;
    } catch (NoSuchFileException e) {
      throw new Failure(
          "there is no file '" + file + "'", "Give the name of an existing, readable file.", e);
    } catch (IOException e) {
      throw new Failure("cannot read " + file + ": " + e.getMessage(), "Check the file.", e);
    }
  }

  /**
   * Refuses a file that turned out to hold a secret when others may read or write it.
   *
   * @throws Failure when they may
   */
  public static void refuseWhenShared(Path file) {
    Set<PosixFilePermission> shared = permissions(file);
    shared.retainAll(OTHERS);
    if (!shared.isEmpty()) {
      throw new Failure(
          file + " holds secrets, but other users may read or write it",
          "Run: chmod 600 '" + file + "' (or accept it as it is with --insecure-file-mode).");
    }
  }

  /** Nothing where the file system has no such permissions. */
  private static Set<PosixFilePermission> permissions(Path file) {
    try {
      return EnumSet.copyOf(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new Failure("cannot read " + file + ": " + e.getMessage(), "Check the file.", e);
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      // No POSIX permissions here, or none granted at all: nothing to judge.
      return EnumSet.noneOf(PosixFilePermission.class);
    }
  }
}
