package dev.moat.engine.proximity;

/**
 * Bounds a distance by the speed of light: {@code distance <= c * (RTT - processing) / 2}.
 *
 * <p>The round trip is measured by the one who asks, from sending an unpredictable challenge to
 * receiving the answer that only the right peer could give. The processing time is the peer's own
 * claim and must be authenticated with the answer; who does not trust it passes 0, which only
 * widens the bound. A relay can add time but take none away.
 */
public final class ProximityCheck {
  /** How far light goes in a nanosecond, in metres. */
  public static final double LIGHT_METRES_PER_NANO = 0.299_792_458;

  private final double askedMetres;

  /**
   * A check against one limit.
   *
   * @throws IllegalArgumentException when the limit is not a positive number of metres
   */
  public ProximityCheck(double askedMetres) {
    if (!(askedMetres > 0)) {
      throw new IllegalArgumentException("a limit on distance is positive, not " + askedMetres);
    }
    this.askedMetres = askedMetres;
  }

  /**
   * What a round trip proves.
   *
   * @param roundTripNanos from challenge sent to answer received, on one monotonic clock
   * @param processingNanos how long the peer says that it worked on the answer
   */
  public Proximity check(long roundTripNanos, long processingNanos) {
    if (roundTripNanos <= 0) {
      return useless(Proximity.Reason.NO_ROUND_TRIP);
    }
    if (processingNanos < 0 || processingNanos > roundTripNanos) {
      return useless(Proximity.Reason.PROCESSING_TIME_IMPOSSIBLE);
    }
    double bound = boundMetres(roundTripNanos - processingNanos);
    return bound <= askedMetres
        ? new Proximity.WithinBound(bound)
        : new Proximity.CannotProve(Proximity.Reason.ROUND_TRIP_TOO_LONG, bound);
  }

  /** How far away the other side of a flight of {@code nanos}, there and back, is at most. */
  public static double boundMetres(long nanos) {
    return LIGHT_METRES_PER_NANO * nanos / 2;
  }

  private static Proximity useless(Proximity.Reason reason) {
    return new Proximity.CannotProve(reason, Double.POSITIVE_INFINITY);
  }
}
