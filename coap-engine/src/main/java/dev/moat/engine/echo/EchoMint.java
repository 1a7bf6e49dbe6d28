package dev.moat.engine.echo;

import dev.moat.bytes.ByteReader;
import dev.moat.bytes.ByteWriter;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.service.Peer;
import org.jspecify.annotations.Nullable;

/**
 * Makes and verifies values of the Echo option without keeping any state for a peer (RFC 9175,
 * Section 2.3 and Appendix A, item 2). Owned by one event loop, which gives every call the same
 * monotonic clock.
 *
 * <p>Keys come from the random source, are replaced by age, and the previous one still verifies; as
 * the longest window is shorter than a key's life, no value is refused for its key before it
 * expires. After a restart all values are unknown.
 */
public final class EchoMint {
  /** Length of every value, in octets. */
  public static final int VALUE_OCTETS = 14;

  private static final long MILLISECOND = 1_000_000L;
  private static final long DAY_NANOS = 86_400_000_000_000L;
  private static final int TIME_OCTETS = 5;
  private static final int HEAD_OCTETS = 1 + TIME_OCTETS;
  private static final int PURPOSE_BIT = 0x80;
  private static final long TIME_MASK = (1L << (8 * TIME_OCTETS)) - 1;
  private static final long HALF_TIME = 1L << (8 * TIME_OCTETS - 1);

  private final RandomSource random;
  private final long keyLifeNanos;
  private @Nullable MintKey current;
  private @Nullable MintKey previous;
  private long epochNanos;

  /** A mint whose keys live a day. */
  public EchoMint(RandomSource random) {
    this(random, DAY_NANOS);
  }

  /**
   * A mint whose keys live {@code keyLifeNanos}, which is also the longest window that can be asked
   * for.
   */
  public EchoMint(RandomSource random, long keyLifeNanos) {
    if (keyLifeNanos <= 0) {
      throw new IllegalArgumentException("a key's life must be positive");
    }
    this.random = random;
    this.keyLifeNanos = keyLifeNanos;
  }

  /** A value of {@link #VALUE_OCTETS} octets for this peer, purpose and moment. */
  public Bytes mint(EchoPurpose purpose, Peer peer, long nowNanos) {
    MintKey key = rotated(nowNanos);
    int purposeBit = purpose == EchoPurpose.REACHABILITY ? PURPOSE_BIT : 0;
    long millis = Math.floorDiv(nowNanos - epochNanos, MILLISECOND) & TIME_MASK;
    Bytes head =
        new ByteWriter(HEAD_OCTETS)
            .u8(purposeBit | key.number())
            .uint(millis, TIME_OCTETS)
            .toBytes();
    return head.plus(key.authenticate(head, peer));
  }

  /**
   * Judges a value. One made for freshness also proves reachability, never the reverse.
   *
   * @param windowNanos how old it may be, at most a key's life
   * @throws IllegalArgumentException when the window is longer than a key's life
   */
  public EchoVerdict verify(
      Bytes value, EchoPurpose wanted, Peer peer, long nowNanos, long windowNanos) {
    if (windowNanos > keyLifeNanos) {
      throw new IllegalArgumentException("the window is longer than the life of a key");
    }
    if (value.length() != VALUE_OCTETS) {
      return EchoVerdict.MALFORMED;
    }
    Bytes head = value.slice(0, HEAD_OCTETS);
    MintKey key = keyOf(head.at(0) & (MintKey.NUMBERS - 1));
    // A key that made its last value at the end of its life has no valid one after a second life.
    if (key == null || key.ageNanos(nowNanos) / 2 >= keyLifeNanos) {
      return EchoVerdict.UNKNOWN_KEY;
    }
    if (!key.made(head, value.slice(HEAD_OCTETS, VALUE_OCTETS), peer)) {
      return EchoVerdict.FORGED;
    }
    if (wanted == EchoPurpose.FRESHNESS && (head.at(0) & PURPOSE_BIT) != 0) {
      return EchoVerdict.OTHER_PURPOSE;
    }
    return judgeAge(head, nowNanos, windowNanos);
  }

  private EchoVerdict judgeAge(Bytes head, long nowNanos, long windowNanos) {
    long made = new ByteReader(head.slice(1, HEAD_OCTETS)).uint(TIME_OCTETS);
    // Rounded up here and down when made, so that a value is never thought younger than it is.
    long now = -Math.floorDiv(epochNanos - nowNanos, MILLISECOND);
    long age = (now - made) & TIME_MASK;
    if (age >= HALF_TIME) {
      return EchoVerdict.FUTURE;
    }
    return age * MILLISECOND > windowNanos ? EchoVerdict.EXPIRED : EchoVerdict.VALID;
  }

  private @Nullable MintKey keyOf(int number) {
    if (current != null && current.number() == number) {
      return current;
    }
    return previous != null && previous.number() == number ? previous : null;
  }

  private MintKey rotated(long nowNanos) {
    MintKey key = current;
    if (key == null) {
      epochNanos = nowNanos;
      key = new MintKey(random.below(MintKey.NUMBERS), nowNanos, random);
    } else if (key.ageNanos(nowNanos) >= keyLifeNanos) {
      previous = key;
      key = new MintKey((key.number() + 1) % MintKey.NUMBERS, nowNanos, random);
    }
    current = key;
    return key;
  }
}
