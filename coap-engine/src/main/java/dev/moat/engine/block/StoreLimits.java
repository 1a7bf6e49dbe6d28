package dev.moat.engine.block;

import java.time.Duration;

/**
 * The bounds of a table of bodies.
 *
 * @param entries in total
 * @param entriesPerAddress of one address, whatever its ports
 * @param octets of all bodies; buffers may take up to twice as much while they grow
 * @param octetsPerAddress of one address's bodies
 * @param lifetimeNanos after the last use; of an answer to a safe request, after it was made
 */
public record StoreLimits(
    int entries, int entriesPerAddress, long octets, long octetsPerAddress, long lifetimeNanos) {

  /** Checks that something fits. */
  public StoreLimits {
    if (entries < 1
        || entriesPerAddress < 1
        || octets < 1
        || octetsPerAddress < 1
        || lifetimeNanos < 1) {
      throw new IllegalArgumentException("every limit is at least 1");
    }
  }

  /**
   * 256 bodies and 16 MiB, of one address 8 and 4 MiB. They live for 93 s after the last block, or
   * after they were made: MAX_TRANSMIT_WAIT, the longest that one retransmitted block may take (RFC
   * 7252, Section 4.8.2).
   */
  public static StoreLimits defaults() {
    return new StoreLimits(256, 8, 16 << 20, 4 << 20, Duration.ofSeconds(93).toNanos());
  }

  /** With other numbers of entries. */
  public StoreLimits withEntries(int total, int perAddress) {
    return new StoreLimits(total, perAddress, octets, octetsPerAddress, lifetimeNanos);
  }

  /** With other numbers of octets. */
  public StoreLimits withOctets(long total, long perAddress) {
    return new StoreLimits(entries, entriesPerAddress, total, perAddress, lifetimeNanos);
  }

  /** With another lifetime. */
  public StoreLimits withLifetime(Duration lifetime) {
    return new StoreLimits(
        entries, entriesPerAddress, octets, octetsPerAddress, lifetime.toNanos());
  }
}
