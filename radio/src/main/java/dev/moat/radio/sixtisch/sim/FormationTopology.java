package dev.moat.radio.sixtisch.sim;

/**
 * A tree around one root. Ring r, r hops away, holds a share of the nodes that grows with r as the
 * area of rings of equal width does: 2r - 1 of every hops^2. A ring is divided into sectors of at
 * most so many nodes. A node hears its own sector, the one it joins through in the ring before, and
 * those that join through its own; the root hears all of ring 1. Farther sectors use the cell
 * again: a simplification, as real radios interfere farther than they reach.
 *
 * @param hops how many rings, 1 to 32
 * @param sectorNodes how many nodes a sector has at most, at least 1
 */
public record FormationTopology(int hops, int sectorNodes) {
  /**
   * Checks both.
   *
   * @throws IllegalArgumentException when the hops are not 1 to 32 or a sector holds nothing
   */
  public FormationTopology {
    if (hops < 1 || hops > 32 || sectorNodes < 1) {
      throw new IllegalArgumentException(
          "1 to 32 hops and at least 1 node per sector, not " + hops + " and " + sectorNodes);
    }
  }

  /** All nodes hear each other and the root. */
  public static FormationTopology fullyMeshed() {
    return new FormationTopology(1, Integer.MAX_VALUE);
  }

  /**
   * How many nodes each ring has, the first ring first; every ring has one at least.
   *
   * @throws IllegalArgumentException when there are fewer nodes than rings
   */
  int[] rings(int nodes) {
    if (nodes < hops) {
      throw new IllegalArgumentException(hops + " hops need as many nodes at least, not " + nodes);
    }
    int[] rings = new int[hops];
    int given = 0;
    for (int ring = 1; ring <= hops; ring++) {
      // What all rings up to this one hold together, but one for each of the rings to come.
      long upToHere = Math.round((double) nodes * ring * ring / (hops * hops));
      int limit = nodes - (hops - ring);
      rings[ring - 1] = (int) Math.max(1, Math.min(upToHere, limit) - given);
      given += rings[ring - 1];
    }
    return rings;
  }
}
