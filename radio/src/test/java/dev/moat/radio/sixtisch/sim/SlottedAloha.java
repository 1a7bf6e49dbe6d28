package dev.moat.radio.sixtisch.sim;

import java.util.SplittableRandom;

/**
 * The plainest use of a shared cell, to check the random sequence and the counting against theory:
 * every node always has a frame and sends it with the same probability.
 */
final class SlottedAloha {
  private SlottedAloha() {}

  /**
   * In which share of the cells exactly one node sent; expected is {@code
   * JoinBounds.alohaThroughput}.
   *
   * @throws IllegalArgumentException when there is no node or no cell
   */
  static double throughput(int nodes, double probability, int cells, long seed) {
    if (nodes < 1 || cells < 1) {
      throw new IllegalArgumentException(
          "at least 1 node and 1 cell, not " + nodes + " and " + cells);
    }
    SplittableRandom random = new SplittableRandom(seed);
    int single = 0;
    for (int cell = 0; cell < cells; cell++) {
      int sending = 0;
      for (int node = 0; node < nodes; node++) {
        sending += random.nextDouble() < probability ? 1 : 0;
      }
      single += sending == 1 ? 1 : 0;
    }
    return single / (double) cells;
  }
}
