package dev.moat.bytes;

/**
 * Where cores take randomness from: a parameter, never a global, so that a run with a seeded source
 * repeats.
 *
 * <p>In production this is a {@code java.security.SecureRandom}, wrapped at the edge.
 */
@FunctionalInterface
public interface RandomSource {
  /** Overwrites all of {@code target} with unpredictable octets. */
  void fill(byte[] target);

  /** {@code length} fresh octets. */
  default Bytes bytes(int length) {
    byte[] fresh = new byte[length];
    fill(fresh);
    return Bytes.owned(fresh);
  }

  /** 63 uniformly distributed bits. */
  default long positiveLong() {
    return bytes(8).slice(0, 8).asReadOnlyBuffer().getLong() & Long.MAX_VALUE;
  }

  /**
   * A value from 0 (inclusive) to {@code bound} (exclusive); the bias is below 2^-30 for every int
   * bound.
   *
   * @throws IllegalArgumentException when {@code bound} is not positive
   */
  default int below(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive: " + bound);
    }
    return (int) (positiveLong() % bound);
  }

  /** A value from 0.0 (inclusive) to 1.0 (exclusive) with 53 random bits. */
  default double fraction() {
    return (positiveLong() >>> 10) * 0x1.0p-53;
  }
}
