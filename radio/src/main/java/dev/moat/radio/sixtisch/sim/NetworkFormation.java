package dev.moat.radio.sixtisch.sim;

/**
 * Simulates how a 6TiSCH network forms: from switching on all devices until the last has joined.
 * All begin to scan; who understands a beacon of a node that has joined, one hop nearer to the
 * root, joins through it: stage by stage a request goes up hop by hop and its response down, every
 * frame in the shared cells. Frames that meet at a receiver are lost and sent again after a
 * back-off; what the MAC gives up the pledge's CoAP timer repeats; when that gives up too, the
 * pledge scans anew. A node that has joined forwards for others and beacons.
 *
 * <p>Not in the model: cells that a scheduling function adds (RFC 9033), routing messages,
 * keep-alives and interference from outside; the acknowledgement shares its frame's fate; a pledge
 * takes the first beacon it understands and begins at once.
 */
public final class NetworkFormation {
  private NetworkFormation() {}

  /** Runs to the end: all have joined, or the time bound is reached. */
  public static FormationResult run(FormationSettings settings) {
    return run(settings, FormationProgress.NONE);
  }

  /** The same, and says how far it is. */
  public static FormationResult run(FormationSettings settings, FormationProgress progress) {
    return new Formation(settings, progress).run();
  }
}
