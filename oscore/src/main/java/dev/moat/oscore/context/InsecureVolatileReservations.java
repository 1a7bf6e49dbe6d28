package dev.moat.oscore.context;

import dev.moat.oscore.context.ReservationException.Reason;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reservations that are forgotten with the process: a second process with the same keys uses every
 * nonce again, which breaks confidentiality and integrity (RFC 8613, Section 7.2).
 *
 * <p>Right only for keys that die with the process too, such as after a key exchange, and in tests.
 */
public final class InsecureVolatileReservations implements SequenceReservations {
  private final AtomicLong next;

  private InsecureVolatileReservations(long first) {
    if (first < 0 || first > LIMIT) {
      throw new IllegalArgumentException("no sequence number: " + first);
    }
    this.next = new AtomicLong(first);
  }

  /** Begins at {@code first}, 0 to 2^40; the latter is exhausted from the start. */
  public static InsecureVolatileReservations start(long first) {
    return new InsecureVolatileReservations(first);
  }

  @Override
  public Reserved reserve(int count) throws ReservationException {
    long start = next.getAndUpdate(from -> Math.min(LIMIT, from + count));
    if (start == LIMIT) {
      throw new ReservationException(Reason.EXHAUSTED, "all 2^40 sequence numbers are used");
    }
    return new Reserved(start, Math.min(LIMIT, start + count));
  }
}
