package dev.moat.store;

import dev.moat.oscore.context.SequenceReservations;
import dev.moat.oscore.store.StoreException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.regex.Pattern;

/** A file with one decimal number and a line feed: reading it, and replacing it durably. */
final class SequenceText {
  /** 2^40 has 13 digits; libcoap leaves nothing but a line feed behind them. */
  private static final Pattern CONTENT = Pattern.compile("[0-9]{1,13}\\s*");

  private static final int MOST_OCTETS = 64;

  private SequenceText() {}

  /**
   * @throws StoreException CORRUPT when there is anything but one number up to 2^40: a guess could
   *     be too low
   */
  static long read(Path file) throws StoreException {
    String text;
    try (InputStream in = Files.newInputStream(file)) {
      text = new String(in.readNBytes(MOST_OCTETS), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw FileOwnership.explain(file, e);
    }
    if (text.isEmpty()) {
      throw SqliteDriver.corrupt(
          file, "it is empty; delete it only if its context was never used", null);
    }
    if (!CONTENT.matcher(text).matches()) {
      throw SqliteDriver.corrupt(file, "it is not one decimal number", null);
    }
    long number = Long.parseLong(text.strip());
    if (number > SequenceReservations.LIMIT) {
      throw SqliteDriver.corrupt(file, number + " is above 2^40", null);
    }
    return number;
  }

  /**
   * Replaces the file in one step. When this returns the number is on the medium; when it throws
   * FULL or READ_ONLY the old one is still there; after any other failure it is one of the two.
   */
  static void replace(Path file, long number) throws StoreException {
    try {
      Path draft =
          Files.createTempFile(
              Objects.requireNonNull(file.getParent()),
              "." + file.getFileName() + ".",
              ".new",
              sameRights(file));
      try {
        write(draft, number);
        Path unused = Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        boolean unused = Files.deleteIfExists(draft);
      }
      FileOwnership.synchroniseFolder(file);
    } catch (IOException e) {
      throw FileOwnership.explain(file, e);
    }
  }

  /** Not through a channel, which an interrupt of the calling thread would close. */
  private static void write(Path draft, long number) throws IOException {
    try (FileOutputStream out = new FileOutputStream(draft.toFile())) {
      out.write((number + "\n").getBytes(StandardCharsets.US_ASCII));
      out.getFD().sync();
    }
  }

  private static FileAttribute<?>[] sameRights(Path file) throws IOException {
    FileAttribute<?>[] own = FileOwnership.ownerOnly(file);
    return own.length == 0 || !Files.exists(file)
        ? own
        : new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(Files.getPosixFilePermissions(file))
        };
  }
}
