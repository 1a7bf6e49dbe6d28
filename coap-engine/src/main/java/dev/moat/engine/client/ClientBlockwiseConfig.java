package dev.moat.engine.client;

import dev.moat.engine.block.BlockSizes;

/**
 * How a client does block-wise transfers.
 *
 * @param preferredSizeExponent SZX of its blocks, 0 to 6; below 6 it also asks for answers of that
 *     size
 * @param maxBodyOctets the longest response body that it gathers
 * @param tagging when requests carry a Request-Tag
 * @param maxRestarts how often a download starts again because the representation changed
 */
public record ClientBlockwiseConfig(
    int preferredSizeExponent, int maxBodyOctets, RequestTagging tagging, int maxRestarts) {

  /** Checks the ranges. */
  public ClientBlockwiseConfig {
    if (preferredSizeExponent < 0 || preferredSizeExponent > BlockSizes.LARGEST_EXPONENT) {
      throw new IllegalArgumentException("SZX " + preferredSizeExponent + " is not 0 to 6");
    }
    if (maxBodyOctets < 1 || maxRestarts < 0) {
      throw new IllegalArgumentException(
          "a body limit is positive, a number of restarts not negative");
    }
  }

  /** Blocks of 1024 octets, bodies up to 8 MiB, always tagged, three restarts. */
  public static ClientBlockwiseConfig defaults() {
    return new ClientBlockwiseConfig(
        BlockSizes.LARGEST_EXPONENT, 8 << 20, RequestTagging.ALWAYS, 3);
  }

  /**
   * With another block size.
   *
   * @throws IllegalArgumentException when {@code octets} is not a power of two from 16 to 1024
   */
  public ClientBlockwiseConfig withPreferredBlockOctets(int octets) {
    return new ClientBlockwiseConfig(
        BlockSizes.exponentOf(octets), maxBodyOctets, tagging, maxRestarts);
  }

  /** With another limit of response bodies. */
  public ClientBlockwiseConfig withMaxBodyOctets(int octets) {
    return new ClientBlockwiseConfig(preferredSizeExponent, octets, tagging, maxRestarts);
  }

  /** With another rule for Request-Tag. */
  public ClientBlockwiseConfig withTagging(RequestTagging rule) {
    return new ClientBlockwiseConfig(preferredSizeExponent, maxBodyOctets, rule, maxRestarts);
  }

  /** With another number of restarts. */
  public ClientBlockwiseConfig withMaxRestarts(int restarts) {
    return new ClientBlockwiseConfig(preferredSizeExponent, maxBodyOctets, tagging, restarts);
  }
}
