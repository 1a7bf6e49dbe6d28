package dev.moat.oscore.context;

import dev.moat.oscore.OscoreException;
import dev.moat.oscore.OscoreException.Reason;
import dev.moat.oscore.context.SequenceReservations.Reserved;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The Sender Sequence Number (RFC 8613, Section 3.1): gives each number at most once, out of blocks
 * reserved ahead.
 *
 * <p>Safe to share among threads: reading and increasing is one atomic step (Section 7.2). Two
 * threads that find a block used up may both reserve; what the slower one got is never used.
 */
public final class SenderSequence {
  /** How many numbers are reserved at a time unless said otherwise. */
  public static final int DEFAULT_BLOCK = 100;

  private static final Block NONE = new Block(0, 0);

  private final SequenceReservations reservations;
  private final int blockSize;
  private final AtomicReference<Block> current = new AtomicReference<>(NONE);
  private final AtomicLong usedBefore = new AtomicLong(-1);

  /** Takes blocks of {@link #DEFAULT_BLOCK} numbers, the first one when it is needed. */
  public SenderSequence(SequenceReservations reservations) {
    this(reservations, DEFAULT_BLOCK);
  }

  /** Takes blocks of {@code blockSize} numbers, at least 1. */
  public SenderSequence(SequenceReservations reservations, int blockSize) {
    if (blockSize < 1) {
      throw new IllegalArgumentException("a block of " + blockSize + " sequence numbers");
    }
    this.reservations = reservations;
    this.blockSize = blockSize;
  }

  /**
   * The next sequence number, 0 to 2^40-1.
   *
   * @throws OscoreException SEQUENCE_EXHAUSTED or RESERVATION_FAILED; the latter may pass
   */
  public long next() throws OscoreException {
    while (true) {
      Block block = current();
      long number = block.cursor.getAndIncrement();
      if (number < block.end) {
        return number;
      }
      replace(block);
    }
  }

  private void replace(Block spent) throws OscoreException {
    if (current() != spent) {
      return;
    }
    Reserved reserved = reserve();
    if (current() != spent) {
      return;
    }
    if (reserved.start() < spent.end) {
      // The record went back in time, as an old backup does: its numbers may have been used.
      throw new OscoreException(Reason.RESERVATION_FAILED);
    }
    usedBefore.compareAndSet(-1, reserved.start());
    current.compareAndSet(spent, new Block(reserved.start(), reserved.end()));
  }

  private Reserved reserve() throws OscoreException {
    try {
      return reservations.reserve(blockSize);
    } catch (ReservationException failure) {
      Reason reason =
          failure.reason() == ReservationException.Reason.EXHAUSTED
              ? Reason.SEQUENCE_EXHAUSTED
              : Reason.RESERVATION_FAILED;
      throw new OscoreException(reason, failure);
    }
  }

  private Block current() {
    return Objects.requireNonNull(current.get());
  }

  /** How many numbers earlier processes may have used; 0 until the first one was given here. */
  long usedBefore() {
    return Math.max(0, usedBefore.get());
  }

  private static final class Block {
    private final AtomicLong cursor;
    private final long end;

    Block(long start, long end) {
      this.cursor = new AtomicLong(start);
      this.end = end;
    }
  }
}
