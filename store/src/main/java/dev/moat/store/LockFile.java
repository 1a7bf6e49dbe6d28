package dev.moat.store;

import dev.moat.oscore.store.StoreException;
import dev.moat.oscore.store.StoreException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps other processes, and other users within this one, away from a file that is replaced as a
 * whole. Ends with the process, however that ends; the lock file itself stays.
 */
final class LockFile implements AutoCloseable {
  /** Within a process: POSIX locks do not count there, and a second handle would end the first. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private static final Set<StandardOpenOption> OPTIONS =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);

  private final Path path;
  private final FileChannel channel;
  private final AtomicBoolean closed = new AtomicBoolean();

  private LockFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * @throws StoreException LOCKED, at once, when somebody else has it
   */
  static LockFile acquire(Path file) throws StoreException {
    Path path = file.resolveSibling(file.getFileName() + ".lock");
    if (!HELD.add(path)) {
      throw inUse(file);
    }
    try {
      FileChannel channel = FileChannel.open(path, OPTIONS, FileOwnership.ownerOnly(path));
      LockFile lock = new LockFile(path, channel);
      if (channel.tryLock() == null) {
        lock.close();
        throw inUse(file);
      }
      return lock;
    } catch (IOException e) {
      HELD.remove(path);
      throw FileOwnership.explain(path, e);
    }
  }

  private static StoreException inUse(Path file) {
    return new StoreException(
        Reason.LOCKED, file + " is in use: one process at a time can have it");
  }

  /** A second call does nothing: the file may be another's by then. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      // The lock ends with the process at the latest, and until then it only keeps others out.
      var unused = e;
    } finally {
      HELD.remove(path);
    }
  }
}
