package dev.moat.conformance.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * One direction of a connection that carries octets in order and in pieces of any size, as TCP and
 * serial lines do; each message goes behind its length in two octets. That is all EDHOC asks of
 * what is below it, where that loses and repeats nothing (RFC 9528, Section 3.4).
 */
final class FramedPipe {
  private static final int LENGTH_OCTETS = 2;
  private static final int MOST_AT_ONCE = 7;

  private final Queue<Integer> underWay = new ArrayDeque<>();
  private final RandomSource random;
  private Bytes arrived = Bytes.empty();

  FramedPipe(RandomSource random) {
    this.random = random;
  }

  void send(Bytes message) {
    append(Bytes.of(message.length() >> 8, message.length() & 0xff));
    append(message);
  }

  private void append(Bytes octets) {
    for (int i = 0; i < octets.length(); i++) {
      underWay.add(octets.at(i));
    }
  }

  boolean isIdle() {
    return underWay.isEmpty();
  }

  /** Lets a few octets arrive; a message, when they complete one. */
  Optional<Bytes> receive() {
    int octets = Math.min(underWay.size(), 1 + random.below(MOST_AT_ONCE));
    for (int i = 0; i < octets; i++) {
      arrived = arrived.plus(Bytes.of(underWay.remove()));
    }
    if (arrived.length() < LENGTH_OCTETS) {
      return Optional.empty();
    }
    int end = LENGTH_OCTETS + (arrived.at(0) << 8 | arrived.at(1));
    if (arrived.length() < end) {
      return Optional.empty();
    }
    Bytes message = arrived.slice(LENGTH_OCTETS, end);
    arrived = arrived.slice(end, arrived.length());
    return Optional.of(message);
  }
}
