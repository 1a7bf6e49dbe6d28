package dev.moat.cli.oscore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moat.crypto.Crypto;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ReservationException;
import dev.moat.oscore.context.SecurityContext.Provenance;
import dev.moat.oscore.context.SequenceReservations;
import dev.moat.oscore.store.StoreException;
import dev.moat.oscore.store.StoredContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The sequence numbers in an aiocoap context's folder: {@code sequence.json}, whose {@code
 * next-to-send} was never used, and whose replay window is always {@code unknown} once we had it.
 * Either program may go on where the other stopped, never both at once: aiocoap's {@code lock} file
 * is respected, and a change by another hand ends all reservations.
 */
final class AiocoapSequence implements StateKeeper, SequenceReservations {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String NEXT = "next-to-send";

  private final Path file;
  private final AiocoapLock lock;
  private final Provenance provenance;
  private long next;
  private boolean closed;

  private AiocoapSequence(Path file, AiocoapLock lock, Provenance provenance, long next) {
    this.file = file;
    this.lock = lock;
    this.provenance = provenance;
    this.next = next;
  }

  /** Opens the numbers in {@code folder}, and takes them from the other programs. */
  static AiocoapSequence open(Path folder) throws StoreException {
    Path file = folder.resolve("sequence.json");
    AiocoapLock lock = AiocoapLock.acquire(folder.resolve("lock"));
    try {
      boolean fresh = !Files.exists(file);
      long next = fresh ? 0 : read(file);
      write(file, next);
      Provenance provenance = fresh ? Provenance.FRESH : Provenance.RESTORED;
      return new AiocoapSequence(file, lock, provenance, next);
    } catch (IOException e) {
      lock.close();
      throw new StoreException(StoreException.Reason.IO, file + ": " + e.getMessage(), e);
    } catch (StoreException e) {
      lock.close();
      throw e;
    }
  }

  @Override
  public StoredContext open(ContextParameters parameters, Crypto crypto) {
    return new StoredContext(this, provenance);
  }

  @Override
  public synchronized Reserved reserve(int count) throws ReservationException {
    try {
      if (closed || read(file) != next) {
        throw new ReservationException(
            ReservationException.Reason.FENCED,
            file + " was closed, or changed by another program that uses the same context");
      }
      if (next == LIMIT) {
        throw new ReservationException(
            ReservationException.Reason.EXHAUSTED, "all 2^40 sequence numbers are used");
      }
      Reserved reserved = new Reserved(next, Math.min(LIMIT, next + count));
      // In doubt whether it is written, the numbers are given to nobody.
      next = reserved.end();
      write(file, next);
      return reserved;
    } catch (IOException e) {
      throw new ReservationException(ReservationException.Reason.IO, file + ": " + e, e);
    } catch (StoreException e) {
      throw new ReservationException(
          ReservationException.Reason.CORRUPT, String.valueOf(e.getMessage()), e);
    }
  }

  private static long read(Path file) throws IOException, StoreException {
    JsonNode next = MAPPER.readTree(Files.readString(file)).path(NEXT);
    if (!next.isIntegralNumber() || next.asLong() < 0 || next.asLong() > LIMIT) {
      throw new StoreException(
          StoreException.Reason.CORRUPT, file + " has no sequence number in " + NEXT);
    }
    return next.asLong();
  }

  /** On the medium, under its name, when this returns. */
  private static void write(Path file, long next) throws IOException {
    String content =
        JsonNodeFactory.instance.objectNode().put(NEXT, next).put("received", "unknown").toString();
    Path draft = file.resolveSibling(".sequence-moat.json");
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer octets = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
      while (octets.hasRemaining()) {
        int unused = channel.write(octets);
      }
      channel.force(true);
    }
    Path unused = Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel folder =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    lock.close();
  }
}
