package dev.moat.engine.stream;

/**
 * How long a connection may take, in nanoseconds, before it is ended.
 *
 * @param csmNanos until the peer's first CSM has come (RFC 8323, Section 3.3)
 * @param messageNanos from the first octet of a message to its last
 * @param stallNanos while the peer does not read what it is sent
 * @param idleNanos without an octet from the peer before an unused connection is released, and a
 *     used one probed by a Ping; 0 for never
 * @param probeNanos until something comes after such a Ping
 * @param goodbyeNanos from a Release, of either side, to the end of the connection
 */
public record Patience(
    long csmNanos,
    long messageNanos,
    long stallNanos,
    long idleNanos,
    long probeNanos,
    long goodbyeNanos) {
  private static final long SECOND = 1_000_000_000L;

  /** Checks the ranges. */
  public Patience {
    long least = Math.min(Math.min(csmNanos, messageNanos), Math.min(stallNanos, probeNanos));
    if (Math.min(least, goodbyeNanos) <= 0 || idleNanos < 0) {
      throw new IllegalArgumentException("every time is above 0, but for the idle one");
    }
  }

  /**
   * 10 s for the CSM, 30 s for a message, 60 s of not reading, 10 minutes idle, 30 s for a Pong, 30
   * s after a Release.
   */
  public static Patience defaults() {
    return new Patience(
        10 * SECOND, 30 * SECOND, 60 * SECOND, 600 * SECOND, 30 * SECOND, 30 * SECOND);
  }

  /** This with another time for the first CSM. */
  public Patience withCsmNanos(long nanos) {
    return new Patience(nanos, messageNanos, stallNanos, idleNanos, probeNanos, goodbyeNanos);
  }

  /** This with another time for one message. */
  public Patience withMessageNanos(long nanos) {
    return new Patience(csmNanos, nanos, stallNanos, idleNanos, probeNanos, goodbyeNanos);
  }

  /** This with another time of silence; 0 for no limit. */
  public Patience withIdleNanos(long nanos) {
    return new Patience(csmNanos, messageNanos, stallNanos, nanos, probeNanos, goodbyeNanos);
  }
}
