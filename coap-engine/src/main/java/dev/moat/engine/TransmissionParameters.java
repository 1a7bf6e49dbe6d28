package dev.moat.engine;

/**
 * The transmission parameters of RFC 7252, Section 4.8, and the times derived from them.
 *
 * @param ackTimeoutNanos ACK_TIMEOUT, positive
 * @param ackRandomFactor ACK_RANDOM_FACTOR, at least 1.0
 * @param maxRetransmit MAX_RETRANSMIT, 0 to 20
 * @param nstart NSTART, at least 1
 * @param probingRate PROBING_RATE in octets a second, positive
 * @param defaultLeisureNanos DEFAULT_LEISURE
 * @param maxLatencyNanos MAX_LATENCY: how long a datagram may travel
 */
public record TransmissionParameters(
    long ackTimeoutNanos,
    double ackRandomFactor,
    int maxRetransmit,
    int nstart,
    int probingRate,
    long defaultLeisureNanos,
    long maxLatencyNanos) {
  private static final long SECOND = 1_000_000_000L;

  /** Checks the ranges. */
  public TransmissionParameters {
    require(ackTimeoutNanos > 0, "ackTimeoutNanos must be positive");
    require(ackRandomFactor >= 1.0, "ackRandomFactor must be at least 1.0");
    require(maxRetransmit >= 0 && maxRetransmit <= 20, "maxRetransmit must be 0 to 20");
    require(nstart >= 1, "nstart must be at least 1");
    require(probingRate >= 1, "probingRate must be at least 1 octet a second");
    require(defaultLeisureNanos >= 0, "defaultLeisureNanos must not be negative");
    require(maxLatencyNanos >= 0, "maxLatencyNanos must not be negative");
  }

  /** The defaults of RFC 7252, Section 4.8. */
  public static TransmissionParameters defaults() {
    return new TransmissionParameters(2 * SECOND, 1.5, 4, 1, 1, 5 * SECOND, 100 * SECOND);
  }

  /** These with another ACK_TIMEOUT. */
  public TransmissionParameters withAckTimeoutNanos(long nanos) {
    return new TransmissionParameters(
        nanos,
        ackRandomFactor,
        maxRetransmit,
        nstart,
        probingRate,
        defaultLeisureNanos,
        maxLatencyNanos);
  }

  /** These with another ACK_RANDOM_FACTOR. */
  public TransmissionParameters withAckRandomFactor(double factor) {
    return new TransmissionParameters(
        ackTimeoutNanos,
        factor,
        maxRetransmit,
        nstart,
        probingRate,
        defaultLeisureNanos,
        maxLatencyNanos);
  }

  /** These with another MAX_RETRANSMIT. */
  public TransmissionParameters withMaxRetransmit(int retransmissions) {
    return new TransmissionParameters(
        ackTimeoutNanos,
        ackRandomFactor,
        retransmissions,
        nstart,
        probingRate,
        defaultLeisureNanos,
        maxLatencyNanos);
  }

  /** These with another NSTART. */
  public TransmissionParameters withNstart(int interactions) {
    return new TransmissionParameters(
        ackTimeoutNanos,
        ackRandomFactor,
        maxRetransmit,
        interactions,
        probingRate,
        defaultLeisureNanos,
        maxLatencyNanos);
  }

  /** These with another PROBING_RATE, in octets a second. */
  public TransmissionParameters withProbingRate(int octetsPerSecond) {
    return new TransmissionParameters(
        ackTimeoutNanos,
        ackRandomFactor,
        maxRetransmit,
        nstart,
        octetsPerSecond,
        defaultLeisureNanos,
        maxLatencyNanos);
  }

  /** These with another DEFAULT_LEISURE. */
  public TransmissionParameters withDefaultLeisureNanos(long nanos) {
    return new TransmissionParameters(
        ackTimeoutNanos,
        ackRandomFactor,
        maxRetransmit,
        nstart,
        probingRate,
        nanos,
        maxLatencyNanos);
  }

  /** These with another MAX_LATENCY. */
  public TransmissionParameters withMaxLatencyNanos(long nanos) {
    return new TransmissionParameters(
        ackTimeoutNanos,
        ackRandomFactor,
        maxRetransmit,
        nstart,
        probingRate,
        defaultLeisureNanos,
        nanos);
  }

  /** PROCESSING_DELAY, which RFC 7252 sets to ACK_TIMEOUT. */
  public long processingDelayNanos() {
    return ackTimeoutNanos;
  }

  /** MAX_TRANSMIT_SPAN: from the first transmission to the last retransmission; 45 s by default. */
  public long maxTransmitSpanNanos() {
    return (long) (ackTimeoutNanos * ((1L << maxRetransmit) - 1) * ackRandomFactor);
  }

  /** MAX_TRANSMIT_WAIT: from the first transmission to giving up; 93 s by default. */
  public long maxTransmitWaitNanos() {
    return (long) (ackTimeoutNanos * ((1L << (maxRetransmit + 1)) - 1) * ackRandomFactor);
  }

  /**
   * EXCHANGE_LIFETIME: how long the Message ID of a confirmable message stays taken; 247 s by
   * default.
   */
  public long exchangeLifetimeNanos() {
    return maxTransmitSpanNanos() + 2 * maxLatencyNanos + processingDelayNanos();
  }

  /**
   * NON_LIFETIME: how long the Message ID of a non-confirmable message stays taken; 145 s by
   * default.
   */
  public long nonLifetimeNanos() {
    return maxTransmitSpanNanos() + maxLatencyNanos;
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
