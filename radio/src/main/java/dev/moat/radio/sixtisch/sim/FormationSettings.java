package dev.moat.radio.sixtisch.sim;

import java.util.List;

/**
 * A network to form.
 *
 * @param nodes the joining nodes, the root not among them
 * @param stages what each of them exchanges with the root to join
 * @param topology who hears whom
 * @param cell what all nodes have in common
 * @param seed of the random sequence
 * @param timeBoundMicros simulated time after which the simulation ends, complete or not
 */
public record FormationSettings(
    int nodes,
    List<Stage> stages,
    FormationTopology topology,
    FormationCell cell,
    long seed,
    long timeBoundMicros) {
  /** The greatest network. */
  public static final int MAX_NODES = 100_000;

  /** 30 days, the bound unless another is given. */
  public static final long MONTH_MICROS = 30L * 24 * 3600 * 1_000_000;

  /**
   * Keeps a copy of the stages.
   *
   * @throws IllegalArgumentException when there are no nodes, too many or fewer than rings, no
   *     stage, or no time
   */
  public FormationSettings {
    stages = List.copyOf(stages);
    if (nodes < 1 || nodes > MAX_NODES) {
      throw new IllegalArgumentException("1 to " + MAX_NODES + " nodes join, not " + nodes);
    }
    if (stages.isEmpty() || timeBoundMicros < 1) {
      throw new IllegalArgumentException("a join has a stage, and time: " + timeBoundMicros);
    }
    var unused = topology.rings(nodes);
  }

  /** With {@link FormationCell#minimal}, bound to 30 days. */
  public static FormationSettings of(
      int nodes, List<Stage> stages, FormationTopology topology, long seed) {
    return new FormationSettings(
        nodes, stages, topology, FormationCell.minimal(), seed, MONTH_MICROS);
  }

  /** The same with another seed. */
  public FormationSettings withSeed(long other) {
    return new FormationSettings(nodes, stages, topology, cell, other, timeBoundMicros);
  }

  /** The same with another cell. */
  public FormationSettings withCell(FormationCell other) {
    return new FormationSettings(nodes, stages, topology, other, seed, timeBoundMicros);
  }

  /** The same with another bound. */
  public FormationSettings withTimeBound(long micros) {
    return new FormationSettings(nodes, stages, topology, cell, seed, micros);
  }
}
