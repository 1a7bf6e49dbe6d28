package dev.moat.cost.study;

import dev.moat.radio.sixtisch.sim.FormationCell;
import dev.moat.radio.sixtisch.sim.FormationTopology;
import java.util.List;

/**
 * Which networks are formed in simulation.
 *
 * @param nodes how many nodes join, in each network
 * @param topology who hears whom
 * @param cell what all nodes have in common, losses among it
 * @param seeds how many runs of each network are averaged, at least 1
 * @param seed of the first run; the others follow
 */
public record FormationPlan(
    List<Integer> nodes, FormationTopology topology, FormationCell cell, int seeds, long seed) {
  private static final int USUAL_SEEDS = 5;

  /**
   * Keeps a copy.
   *
   * @throws IllegalArgumentException when there are no seeds
   */
  public FormationPlan {
    nodes = List.copyOf(nodes);
    if (seeds < 1) {
      throw new IllegalArgumentException("a network is simulated once at least, not " + seeds);
    }
  }

  /** Small and middling networks in which everybody hears everybody, without losses. */
  public static FormationPlan usual() {
    return new FormationPlan(
        List.of(5, 10, 20, 50),
        FormationTopology.fullyMeshed(),
        FormationCell.minimal(),
        USUAL_SEEDS,
        1);
  }
}
