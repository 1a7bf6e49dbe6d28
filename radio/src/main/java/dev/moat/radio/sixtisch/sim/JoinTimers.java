package dev.moat.radio.sixtisch.sim;

import java.util.SplittableRandom;

/**
 * How long a pledge waits for a response before it sends the request again (RFC 7252 Section 4.2).
 *
 * @param ackTimeoutMicros ACK_TIMEOUT, in microseconds
 * @param randomFactor ACK_RANDOM_FACTOR, at least 1
 * @param maxRetransmit MAX_RETRANSMIT, 0 to 20
 * @param spread when the random factor is drawn
 */
public record JoinTimers(
    long ackTimeoutMicros, double randomFactor, int maxRetransmit, Spread spread) {

  /** When the random factor is drawn. */
  public enum Spread {
    /** Once per message, then the timeout doubles: what RFC 7252 Section 4.2 says. */
    ONCE,
    /** Anew for every retransmission: what the reference rows of the shared cell turn out to do. */
    EACH_TIME
  }

  /**
   * Checks all.
   *
   * @throws IllegalArgumentException when a value is out of its range
   */
  public JoinTimers {
    if (ackTimeoutMicros < 1 || !(randomFactor >= 1) || maxRetransmit < 0 || maxRetransmit > 20) {
      throw new IllegalArgumentException(
          "ACK_TIMEOUT is at least 1 us, ACK_RANDOM_FACTOR at least 1, MAX_RETRANSMIT 0 to 20, not "
              + ackTimeoutMicros
              + ", "
              + randomFactor
              + ", "
              + maxRetransmit);
    }
  }

  /** Those of joining (RFC 9031 Section 7.2): 10 s, 1.5, 4. */
  public static JoinTimers cojp() {
    return new JoinTimers(10_000_000, 1.5, 4, Spread.ONCE);
  }

  /** The same, with the other spread. */
  public JoinTimers withSpread(Spread other) {
    return new JoinTimers(ackTimeoutMicros, randomFactor, maxRetransmit, other);
  }

  /** A factor between 1 and ACK_RANDOM_FACTOR. */
  double draw(SplittableRandom random) {
    return 1 + (randomFactor - 1) * random.nextDouble();
  }

  /**
   * How many slotframes later the timer has run out: the first cell after it.
   *
   * @param retransmissions those so far; from MAX_RETRANSMIT on the timeout does not grow
   * @param factor what was drawn
   */
  long slotframes(int retransmissions, double factor, long slotframeMicros) {
    int doublings = Math.min(retransmissions, maxRetransmit);
    double later = ackTimeoutMicros * factor * (1L << doublings) / slotframeMicros;
    return (long) Math.min(later, Calendar.FARTHEST) + 1;
  }
}
