package dev.moat.foe.run;

import dev.moat.bytes.RandomSource;
import java.util.SplittableRandom;

/** Randomness that repeats with its seed, so that a run does. */
final class InsecureSeededRandom implements RandomSource {
  private final SplittableRandom random;

  InsecureSeededRandom(long seed) {
    this.random = new SplittableRandom(seed);
  }

  @Override
  public void fill(byte[] target) {
    random.nextBytes(target);
  }
}
