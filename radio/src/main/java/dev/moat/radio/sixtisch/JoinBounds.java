package dev.moat.radio.sixtisch;

/**
 * Between which times N pledges of one collision domain can have joined, when every frame takes the
 * one shared cell of a slotframe, at every hop.
 *
 * @param nodes the joining nodes, N
 * @param frames the frames of one join, all messages together and the responses too, F
 * @param meanHops the mean number of hops, h, at least 1
 * @param slotframe its length is T_sf
 */
public record JoinBounds(int nodes, int frames, double meanHops, Slotframe slotframe) {
  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException when nodes or frames are below 1 or the hops below 1
   */
  public JoinBounds {
    if (nodes < 1 || frames < 1 || !(meanHops >= 1)) {
      throw new IllegalArgumentException(
          "a join has at least 1 node, 1 frame and 1 hop, not "
              + nodes
              + ", "
              + frames
              + " and "
              + meanHops);
    }
  }

  /** How many slotframes it takes without a collision: N F h. */
  public double slotframes() {
    return nodes * (double) frames * meanHops;
  }

  /** The lower bound N F h T_sf, in microseconds: no cell idle, no collision, no loss. */
  public long lowerBoundMicros() {
    return Math.round(slotframes() * slotframe.micros());
  }

  /**
   * The time e N F h T_sf of slotted Aloha at its best, in microseconds: many nodes that together
   * send one frame per cell on average, so that 1/e of the cells carry one. It is no bound: few
   * nodes, and back-off that lets one node send several frames in a row, do better.
   */
  public long alohaOptimumMicros() {
    return Math.round(Math.E * slotframes() * slotframe.micros());
  }

  /**
   * The share of cells that carry exactly one frame when each of n nodes sends with probability p:
   * n p (1-p)^(n-1).
   *
   * @throws IllegalArgumentException when there is no node or p is no probability
   */
  public static double alohaThroughput(int nodes, double probability) {
    if (nodes < 1) {
      throw new IllegalArgumentException("at least 1 node sends, not " + nodes);
    }
    return nodes * Probability.of("sending", probability) * Math.pow(1 - probability, nodes - 1.0);
  }
}
