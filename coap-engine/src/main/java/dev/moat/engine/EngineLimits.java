package dev.moat.engine;

/**
 * How much an engine remembers at most. All values are at least 1.
 *
 * @param dedupEntries messages remembered for de-duplication, in total
 * @param dedupOctets heap octets that they and their cached answers take, in total, by estimate
 * @param dedupEntriesPerPeer messages remembered for one peer
 * @param dedupOctetsPerPeer heap octets for one peer
 * @param openRequests received requests that wait for their answer, in total
 * @param openExchanges requests of ours that are queued, sent or observing, in total
 * @param queuedPerPeer messages to one peer that NSTART holds back
 * @param observations observation relations that peers hold here, in total
 * @param observationsPerAddress observation relations of one address, whatever its ports
 * @param peers peers for which Message IDs are kept
 */
public record EngineLimits(
    int dedupEntries,
    long dedupOctets,
    int dedupEntriesPerPeer,
    long dedupOctetsPerPeer,
    int openRequests,
    int openExchanges,
    int queuedPerPeer,
    int observations,
    int observationsPerAddress,
    int peers) {

  /** Checks the ranges. */
  public EngineLimits {
    long least = Math.min(Math.min(dedupEntries, dedupOctets), dedupEntriesPerPeer);
    least = Math.min(Math.min(least, dedupOctetsPerPeer), Math.min(openRequests, openExchanges));
    least = Math.min(Math.min(least, queuedPerPeer), Math.min(observations, peers));
    if (Math.min(least, observationsPerAddress) < 1) {
      throw new IllegalArgumentException("every limit must be at least 1");
    }
  }

  /** For a server of many small devices: about 40 MiB when everything is full. */
  public static EngineLimits defaults() {
    return new EngineLimits(
        131_072, 32L << 20, 32_768, 8L << 20, 16_384, 65_536, 1_024, 16_384, 64, 65_536);
  }

  /** These with other totals for de-duplication. */
  public EngineLimits withDedup(int entries, long octets) {
    return new EngineLimits(
        entries,
        octets,
        dedupEntriesPerPeer,
        dedupOctetsPerPeer,
        openRequests,
        openExchanges,
        queuedPerPeer,
        observations,
        observationsPerAddress,
        peers);
  }

  /** These with other bounds for one peer's de-duplication. */
  public EngineLimits withDedupPerPeer(int entries, long octets) {
    return new EngineLimits(
        dedupEntries,
        dedupOctets,
        entries,
        octets,
        openRequests,
        openExchanges,
        queuedPerPeer,
        observations,
        observationsPerAddress,
        peers);
  }

  /**
   * These with other bounds on requests in flight: received ones, own ones, and those queued for
   * one peer.
   */
  public EngineLimits withOpen(int requests, int exchanges, int queued) {
    return new EngineLimits(
        dedupEntries,
        dedupOctets,
        dedupEntriesPerPeer,
        dedupOctetsPerPeer,
        requests,
        exchanges,
        queued,
        observations,
        observationsPerAddress,
        peers);
  }

  /** These with other bounds on observation relations. */
  public EngineLimits withObservations(int total, int perAddress) {
    return new EngineLimits(
        dedupEntries,
        dedupOctets,
        dedupEntriesPerPeer,
        dedupOctetsPerPeer,
        openRequests,
        openExchanges,
        queuedPerPeer,
        total,
        perAddress,
        peers);
  }

  /** These with another number of peers. */
  public EngineLimits withPeers(int number) {
    return new EngineLimits(
        dedupEntries,
        dedupOctets,
        dedupEntriesPerPeer,
        dedupOctetsPerPeer,
        openRequests,
        openExchanges,
        queuedPerPeer,
        observations,
        observationsPerAddress,
        number);
  }
}
