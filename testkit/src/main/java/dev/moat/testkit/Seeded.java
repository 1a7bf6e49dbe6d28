package dev.moat.testkit;

/**
 * Runs a property many times with different seeds and says which seed broke it.
 *
 * <p>Seeds start at 1, so every build checks the same cases; {@code -Dmoat.seed=N} starts elsewhere
 * and {@code -Dmoat.trials=N} changes how many follow.
 */
public final class Seeded {
  private Seeded() {}

  /** The random source of a test that needs only one. */
  public static InsecureSeededRandom random() {
    return new InsecureSeededRandom(firstSeed());
  }

  /**
   * Checks {@code property} for {@code trials} seeds.
   *
   * @throws AssertionError naming the seed, at the first failure of any kind
   */
  public static void check(int trials, Property property) {
    long first = firstSeed();
    long count = Long.getLong("moat.trials", trials);
    for (long seed = first; seed < first + count; seed++) {
      try {
        property.holds(new Arbitrary(new InsecureSeededRandom(seed)));
      } catch (Exception | AssertionError failure) {
        throw new AssertionError(
            "seed " + seed + " (again with -Dmoat.seed=" + seed + " -Dmoat.trials=1): " + failure,
            failure);
      }
    }
  }

  private static long firstSeed() {
    return Long.getLong("moat.seed", 1);
  }

  /** A statement about arbitrary values, checked by assertions. */
  @FunctionalInterface
  public interface Property {
    /** Checks it once. */
    void holds(Arbitrary arbitrary) throws Exception;
  }
}
