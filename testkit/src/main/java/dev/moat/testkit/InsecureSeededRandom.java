package dev.moat.testkit;

import dev.moat.bytes.RandomSource;

/**
 * Predictable octets: the same seed gives the same octets on every machine (SplitMix64). For tests,
 * Foe and simulations only. Owned by one thread.
 */
public final class InsecureSeededRandom implements RandomSource {
  private final long seed;
  private long state;

  /** Starts the sequence of {@code seed}. */
  public InsecureSeededRandom(long seed) {
    this.seed = seed;
    this.state = seed;
  }

  /** The seed it was made with. */
  public long seed() {
    return seed;
  }

  @Override
  public void fill(byte[] target) {
    long word = 0;
    for (int i = 0; i < target.length; i++) {
      word = i % 8 == 0 ? nextLong() : word >>> 8;
      target[i] = (byte) word;
    }
  }

  @Override
  public long positiveLong() {
    return nextLong() & Long.MAX_VALUE;
  }

  private long nextLong() {
    state += 0x9E37_79B9_7F4A_7C15L;
    long mixed = (state ^ (state >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return mixed ^ (mixed >>> 31);
  }

  @Override
  public String toString() {
    return "seed " + seed;
  }
}
