package dev.moat.cbor;

/**
 * How much a reader takes.
 *
 * @param maxOctets the longest input, in octets
 * @param maxDepth how deep arrays, maps and tags may nest
 */
public record CborLimits(int maxOctets, int maxDepth) {
  /** 65536 octets and 16 levels. */
  public static final CborLimits DEFAULT = new CborLimits(65_536, 16);

  /** Checks the ranges. */
  public CborLimits {
    if (maxOctets < 1 || maxDepth < 1) {
      throw new IllegalArgumentException("limits are positive: " + maxOctets + ", " + maxDepth);
    }
  }
}
