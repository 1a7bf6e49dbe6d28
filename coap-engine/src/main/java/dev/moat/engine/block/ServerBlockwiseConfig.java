package dev.moat.engine.block;

/**
 * How a server does block-wise transfers.
 *
 * @param preferredSizeExponent SZX of the largest block it likes, 0 to 6
 * @param maxBodyOctets the largest request body it takes; more gets 4.13 with Size1
 * @param assemblies bounds of request bodies in the making
 * @param representations bounds of response bodies being fetched
 * @param concurrency what a second operation with another Request-Tag meets
 * @param insecureIgnoreRequestTag true keys by RFC 7959 alone, so that blocks of two bodies can be
 *     mixed. For laboratories
 */
public record ServerBlockwiseConfig(
    int preferredSizeExponent,
    int maxBodyOctets,
    StoreLimits assemblies,
    StoreLimits representations,
    Concurrency concurrency,
    boolean insecureIgnoreRequestTag) {

  /** Checks the ranges. */
  public ServerBlockwiseConfig {
    if (preferredSizeExponent < 0 || preferredSizeExponent > 6) {
      throw new IllegalArgumentException("SZX " + preferredSizeExponent + " is not 0 to 6");
    }
    if (maxBodyOctets < 1) {
      throw new IllegalArgumentException("a body limit of " + maxBodyOctets + " octets");
    }
  }

  /** Blocks of 1024 octets, bodies up to 1 MiB. */
  public static ServerBlockwiseConfig defaults() {
    return new ServerBlockwiseConfig(
        6, 1 << 20, StoreLimits.defaults(), StoreLimits.defaults(), Concurrency.CONCURRENT, false);
  }

  /**
   * With another block size.
   *
   * @throws IllegalArgumentException when {@code octets} is not a power of two from 16 to 1024
   */
  public ServerBlockwiseConfig withPreferredBlockOctets(int octets) {
    return new ServerBlockwiseConfig(
        BlockSizes.exponentOf(octets),
        maxBodyOctets,
        assemblies,
        representations,
        concurrency,
        insecureIgnoreRequestTag);
  }

  /** With another body limit. */
  public ServerBlockwiseConfig withMaxBodyOctets(int octets) {
    return new ServerBlockwiseConfig(
        preferredSizeExponent,
        octets,
        assemblies,
        representations,
        concurrency,
        insecureIgnoreRequestTag);
  }

  /** With other bounds for request bodies. */
  public ServerBlockwiseConfig withAssemblies(StoreLimits limits) {
    return new ServerBlockwiseConfig(
        preferredSizeExponent,
        maxBodyOctets,
        limits,
        representations,
        concurrency,
        insecureIgnoreRequestTag);
  }

  /** With other bounds for response bodies. */
  public ServerBlockwiseConfig withRepresentations(StoreLimits limits) {
    return new ServerBlockwiseConfig(
        preferredSizeExponent,
        maxBodyOctets,
        assemblies,
        limits,
        concurrency,
        insecureIgnoreRequestTag);
  }

  /** With another answer to a second operation. */
  public ServerBlockwiseConfig withConcurrency(Concurrency other) {
    return new ServerBlockwiseConfig(
        preferredSizeExponent,
        maxBodyOctets,
        assemblies,
        representations,
        other,
        insecureIgnoreRequestTag);
  }

  /** With or without the remedy against mixed bodies. */
  public ServerBlockwiseConfig withInsecureIgnoreRequestTag(boolean ignore) {
    return new ServerBlockwiseConfig(
        preferredSizeExponent, maxBodyOctets, assemblies, representations, concurrency, ignore);
  }
}
