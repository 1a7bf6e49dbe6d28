package dev.moat.engine.reliability;

import dev.moat.bytes.RandomSource;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * The Message IDs of what is sent to one peer (RFC 7252, Section 4.4): none is given twice within
 * its lifetime.
 *
 * <p>A counter runs through all 65,536 values and a keyed permutation turns each into a Message ID.
 * So they do not repeat, and an attacker who sees none of them cannot guess the next: an
 * acknowledgement from a forged address costs him 32,768 tries on average, more octets than any
 * notification that it could provoke.
 *
 * <p>Memory is 8 octets for every 1,024 values used: values are set free a run at a time.
 */
public final class MessageIds {
  private static final int SPACE = 1 << 16;
  private static final int RUN = 1 << 10;

  private final long key;
  private long[] runFreeAtNanos = new long[1];
  private long issued;

  /** Starts at a place that only {@code random} knows. */
  public MessageIds(RandomSource random) {
    key = random.positiveLong();
  }

  /** A Message ID that stays taken for {@code lifetimeNanos}; empty when all are taken. */
  public OptionalInt next(long nowNanos, long lifetimeNanos) {
    int run = (int) (issued / RUN % (SPACE / RUN));
    boolean entered = issued % RUN == 0;
    if (entered && issued >= SPACE && runFreeAtNanos[run] - nowNanos > 0) {
      return OptionalInt.empty();
    }
    if (run >= runFreeAtNanos.length) {
      runFreeAtNanos = Arrays.copyOf(runFreeAtNanos, 2 * run);
    }
    long freeAtNanos = nowNanos + lifetimeNanos;
    if (entered || freeAtNanos - runFreeAtNanos[run] > 0) {
      runFreeAtNanos[run] = freeAtNanos;
    }
    return OptionalInt.of(permuted((int) (issued++ & 0xffff)));
  }

  /**
   * A Feistel network of four rounds over two octets: a permutation whatever the round function is.
   */
  private int permuted(int counter) {
    int left = counter >>> 8;
    int right = counter & 0xff;
    for (int round = 0; round < 4; round++) {
      int mixed = left ^ scrambled(right | (round << 8));
      left = right;
      right = mixed;
    }
    return (left << 8) | right;
  }

  private int scrambled(int input) {
    long mixed = (key + input) * 0x9E37_79B9_7F4A_7C15L;
    mixed = (mixed ^ (mixed >>> 31)) * 0xBF58_476D_1CE4_E5B9L;
    return (int) (mixed >>> 56);
  }
}
