package dev.moat.engine.dedup;

/**
 * Bounds of a {@link DedupTable}.
 *
 * @param entries messages in total
 * @param octets estimated heap octets in total
 * @param entriesPerPeer messages of one peer
 * @param octetsPerPeer estimated heap octets of one peer
 */
public record DedupLimits(int entries, long octets, int entriesPerPeer, long octetsPerPeer) {}
