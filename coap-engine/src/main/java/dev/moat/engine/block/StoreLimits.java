package dev.moat.engine.block;

import java.time.Duration;

/**
 * The bounds of a table of bodies.
 *
 * @param entries in total
 * @param entriesPerPeer of one peer
 * @param octets of all bodies; buffers may take up to twice as much while they grow
 * @param octetsPerPeer of one peer's bodies
 * @param lifetimeNanos after the last use
 */
public record StoreLimits(
    int entries, int entriesPerPeer, long octets, long octetsPerPeer, long lifetimeNanos) {

  /** Checks that something fits. */
  public StoreLimits {
    if (entries < 1 || entriesPerPeer < 1 || octets < 1 || octetsPerPeer < 1 || lifetimeNanos < 1) {
      throw new IllegalArgumentException("every limit is at least 1");
    }
  }

  /**
   * 256 bodies and 16 MiB, of one peer 8 and 4 MiB. They live for 93 s after the last block:
   * MAX_TRANSMIT_WAIT, the longest that one retransmitted block may take (RFC 7252, Section 4.8.2).
   */
  public static StoreLimits defaults() {
    return new StoreLimits(256, 8, 16 << 20, 4 << 20, Duration.ofSeconds(93).toNanos());
  }

  /** With other numbers of entries. */
  public StoreLimits withEntries(int total, int perPeer) {
    return new StoreLimits(total, perPeer, octets, octetsPerPeer, lifetimeNanos);
  }

  /** With other numbers of octets. */
  public StoreLimits withOctets(long total, long perPeer) {
    return new StoreLimits(entries, entriesPerPeer, total, perPeer, lifetimeNanos);
  }

  /** With another lifetime. */
  public StoreLimits withLifetime(Duration lifetime) {
    return new StoreLimits(entries, entriesPerPeer, octets, octetsPerPeer, lifetime.toNanos());
  }
}
