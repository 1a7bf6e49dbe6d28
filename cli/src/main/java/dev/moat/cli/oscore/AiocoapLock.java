package dev.moat.cli.oscore;

import dev.moat.oscore.store.StoreException;
import dev.moat.oscore.store.StoreException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code lock} that aiocoap creates while it uses a context, and removes afterwards. When
 * aiocoap's is there, aiocoap runs, or ended without storing what it had used. Ours names us: one
 * left behind by a killed process is no obstacle.
 */
final class AiocoapLock implements AutoCloseable {
  private static final String OURS = "moat";

  private final Path file;
  private final FileChannel channel;

  private AiocoapLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Takes the lock, at once or not at all. */
  static AiocoapLock acquire(Path file) throws StoreException {
    try {
      if (Files.exists(file) && !Files.readString(file).equals(OURS)) {
        throw inUse(file, "aiocoap uses this context, or was killed while it did");
      }
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw inUse(file, "another process uses this context");
      }
      int unused = channel.write(ByteBuffer.wrap(OURS.getBytes(StandardCharsets.UTF_8)), 0);
      return new AiocoapLock(file, channel);
    } catch (IOException e) {
      throw new StoreException(Reason.IO, file + ": " + e.getMessage(), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException withinThisProcess) {
      return null;
    }
  }

  private static StoreException inUse(Path file, String why) {
    return new StoreException(Reason.LOCKED, file + " is there: " + why);
  }

  /** Removes the file, as aiocoap does. */
  @Override
  public void close() {
    try {
      boolean unused = Files.deleteIfExists(file);
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
