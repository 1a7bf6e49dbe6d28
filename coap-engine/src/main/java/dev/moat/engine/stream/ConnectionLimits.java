package dev.moat.engine.stream;

/**
 * How much the connections of an engine hold at most. All values are at least 1.
 *
 * @param connections connections in total
 * @param openRequests received requests of one connection that wait for their answer; more get 5.03
 * @param openExchanges requests of ours on one connection that wait or observe
 * @param queuedOctets octets of one connection that wait because the peer does not read
 * @param queuedOctetsInTotal the same of all connections
 * @param partialOctetsInTotal octets of messages that have begun to arrive, of all connections;
 *     above it the message that began first goes, with its connection
 * @param signalsAtOnce signalling and Empty messages of one connection that may come together
 * @param signalsPerSecond how many may come in the long run
 */
public record ConnectionLimits(
    int connections,
    int openRequests,
    int openExchanges,
    int queuedOctets,
    long queuedOctetsInTotal,
    long partialOctetsInTotal,
    int signalsAtOnce,
    int signalsPerSecond) {

  /** Checks the ranges. */
  public ConnectionLimits {
    long least =
        Math.min(Math.min(connections, openRequests), Math.min(openExchanges, queuedOctets));
    least = Math.min(Math.min(least, queuedOctetsInTotal), partialOctetsInTotal);
    if (Math.min(Math.min(least, signalsAtOnce), signalsPerSecond) < 1) {
      throw new IllegalArgumentException("every limit must be at least 1");
    }
  }

  /**
   * 16,384 connections, each with 256 requests either way and 256 KiB queued; 32 MiB queued and 32
   * MiB half arrived in all; 128 signals at once and 32 in a second.
   */
  public static ConnectionLimits defaults() {
    return new ConnectionLimits(16_384, 256, 256, 256 << 10, 32L << 20, 32L << 20, 128, 32);
  }

  /** These with another number of connections. */
  public ConnectionLimits withConnections(int number) {
    return new ConnectionLimits(
        number,
        openRequests,
        openExchanges,
        queuedOctets,
        queuedOctetsInTotal,
        partialOctetsInTotal,
        signalsAtOnce,
        signalsPerSecond);
  }

  /** These with other numbers of requests, received and of ours, on one connection. */
  public ConnectionLimits withRequests(int received, int ours) {
    return new ConnectionLimits(
        connections,
        received,
        ours,
        queuedOctets,
        queuedOctetsInTotal,
        partialOctetsInTotal,
        signalsAtOnce,
        signalsPerSecond);
  }

  /** These with other bounds of what waits to be read by peers. */
  public ConnectionLimits withQueuedOctets(int ofOne, long inTotal) {
    return new ConnectionLimits(
        connections,
        openRequests,
        openExchanges,
        ofOne,
        inTotal,
        partialOctetsInTotal,
        signalsAtOnce,
        signalsPerSecond);
  }

  /** These with another bound of what has half arrived. */
  public ConnectionLimits withPartialOctets(long inTotal) {
    return new ConnectionLimits(
        connections,
        openRequests,
        openExchanges,
        queuedOctets,
        queuedOctetsInTotal,
        inTotal,
        signalsAtOnce,
        signalsPerSecond);
  }

  /** These with another rate of signals. */
  public ConnectionLimits withSignals(int atOnce, int perSecond) {
    return new ConnectionLimits(
        connections,
        openRequests,
        openExchanges,
        queuedOctets,
        queuedOctetsInTotal,
        partialOctetsInTotal,
        atOnce,
        perSecond);
  }
}
