package dev.moat.store;

import dev.moat.oscore.context.ReservationException;
import dev.moat.oscore.context.SecurityContext.Provenance;
import dev.moat.oscore.context.SequenceReservations;
import dev.moat.oscore.store.StoreException;
import dev.moat.oscore.store.StoreException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The sequence numbers of one context in a text file, as libcoap's programs keep it ({@code
 * coap-client -E conf,seq_file}): one decimal number, the first that was never reserved, and a line
 * feed. Either program may go on where the other one stopped.
 *
 * <p>Each reservation replaces the file by a new one, durably and in one step. A file beside it,
 * {@code seq_file.lock}, keeps out other users among Moat's processes, but not libcoap, which takes
 * no lock: never run both at once. When another hand has changed the content, reservations end.
 *
 * <p>A file serves one Sender Key, which its owner must see to. An older copy put back makes nonces
 * repeat. Safe to share among threads.
 */
public final class SequenceFile implements SequenceReservations, AutoCloseable {
  private final Path file;
  private final LockFile lock;
  private final Provenance provenance;
  private long next;
  private @Nullable StoreException end;

  private SequenceFile(Path file, LockFile lock, Provenance provenance, long next) {
    this.file = file;
    this.lock = lock;
    this.provenance = provenance;
    this.next = next;
  }

  /**
   * Opens the file, or begins one at 0.
   *
   * @throws StoreException LOCKED when another process has it; CORRUPT when it holds anything but
   *     one number up to 2^40, also when it is empty
   */
  public static SequenceFile open(Path file) throws StoreException {
    Path resolved = FileOwnership.resolve(file);
    FileOwnership.demandWritableFolder(resolved);
    LockFile lock = LockFile.acquire(resolved);
    try {
      return open(resolved, lock);
    } catch (StoreException e) {
      lock.close();
      throw e;
    }
  }

  private static SequenceFile open(Path file, LockFile lock) throws StoreException {
    if (!Files.exists(file)) {
      SequenceText.replace(file, 0);
      return new SequenceFile(file, lock, Provenance.FRESH, 0);
    }
    FileOwnership.demandWritable(file);
    return new SequenceFile(file, lock, Provenance.RESTORED, SequenceText.read(file));
  }

  /** FRESH when {@link #open} began the file. */
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public synchronized Reserved reserve(int count) throws ReservationException {
    if (count < 1) {
      throw new IllegalArgumentException("at least one number is reserved, not " + count);
    }
    try {
      demandUnchanged();
      if (next == LIMIT) {
        throw Refusals.exhausted();
      }
      Reserved reserved = new Reserved(next, Math.min(LIMIT, next + count));
      SequenceText.replace(file, reserved.end());
      next = reserved.end();
      return reserved;
    } catch (StoreException e) {
      throw Refusals.of(remember(e));
    }
  }

  private void demandUnchanged() throws StoreException {
    if (end != null) {
      throw end;
    }
    if (!Files.exists(file) || SequenceText.read(file) != next) {
      throw new StoreException(
          Reason.FENCED,
          file
              + " was changed or deleted while in use: another program uses the same context, and"
              + " its keys must be replaced");
    }
  }

  /** In doubt about what the file holds, nothing more is given. */
  private StoreException remember(StoreException failure) {
    if (failure.reason() != Reason.FULL && failure.reason() != Reason.READ_ONLY) {
      end = failure;
    }
    return failure;
  }

  /** Ends all use; a second call does nothing. */
  @Override
  public synchronized void close() {
    if (end == null || end.reason() != Reason.IO) {
      end = new StoreException(Reason.IO, file + " is closed");
    }
    lock.close();
  }
}
