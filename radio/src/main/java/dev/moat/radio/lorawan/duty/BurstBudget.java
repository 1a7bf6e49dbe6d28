package dev.moat.radio.lorawan.duty;

import dev.moat.radio.lorawan.SubBand;

/**
 * The draft's criterion for a key exchange (draft-ietf-lake-reqs-04, Section 2.11.1): with its
 * retransmissions, and other traffic beside it, it is complete before the hour's share of time on
 * air is spent in one burst.
 *
 * <p>ToA x (1 + retransmissions) x factor &le; budget, where the factor, a range, makes room for
 * other traffic. With 36 s, two retransmissions and a factor of 2 to 3 the uplink's ToA is at most
 * 6 to 4 s.
 *
 * @param budgetMicros the share of an hour
 * @param retransmissions of every packet
 * @param leastFactor the least room for other traffic
 * @param mostFactor the most
 */
public record BurstBudget(long budgetMicros, int retransmissions, int leastFactor, int mostFactor) {
  private static final int DRAFT_RETRANSMISSIONS = 2;
  private static final int DRAFT_LEAST_FACTOR = 2;
  private static final int DRAFT_MOST_FACTOR = 3;
  private static final long DRAFT_BUDGET = SubBand.HOUR_MICROS / 100;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when one is not positive (retransmissions may be 0) or the
   *     factors are not in order
   */
  public BurstBudget {
    if (budgetMicros <= 0) {
      throw new IllegalArgumentException("a burst budget is above 0 us, not " + budgetMicros);
    }
    if (retransmissions < 0) {
      throw new IllegalArgumentException(
          "there are 0 retransmissions or more, not " + retransmissions);
    }
    if (leastFactor < 1 || mostFactor < leastFactor) {
      throw new IllegalArgumentException(
          "factors are 1 or more and in order, not " + leastFactor + " to " + mostFactor);
    }
  }

  /** 36 s, two retransmissions, factor 2 to 3: uplinks of 4 to 6 s. */
  public static BurstBudget draft() {
    return draft(DRAFT_RETRANSMISSIONS);
  }

  /** The draft's criterion where it asks for one retransmission only: uplinks of 6 to 9 s. */
  public static BurstBudget draftWithOneRetransmission() {
    return draft(1);
  }

  /** The draft's factors in another sub-band. */
  public static BurstBudget of(SubBand subBand, int retransmissions) {
    return new BurstBudget(
        subBand.budgetMicros(), retransmissions, DRAFT_LEAST_FACTOR, DRAFT_MOST_FACTOR);
  }

  /** The uplink's ToA that suits even the greatest factor, in microseconds; 4 s in the draft. */
  public long lowerBoundMicros() {
    return bound(mostFactor);
  }

  /** The uplink's ToA that suits the least factor, in microseconds; 6 s in the draft. */
  public long upperBoundMicros() {
    return bound(leastFactor);
  }

  /** What a burst spends with every retransmission, without other traffic, in microseconds. */
  public long burstMicros(long uplinkMicros) {
    return uplinkMicros * (1L + retransmissions);
  }

  /** Whether the uplink stays within the upper bound. */
  public boolean meets(long uplinkMicros) {
    return uplinkMicros <= upperBoundMicros();
  }

  /** Where the uplink lies. */
  public Band band(long uplinkMicros) {
    if (uplinkMicros > upperBoundMicros()) {
      return Band.ABOVE;
    }
    return uplinkMicros < lowerBoundMicros() ? Band.BELOW : Band.WITHIN;
  }

  /** How much shorter than the upper bound the uplink is, in microseconds; negative when longer. */
  public long headroomMicros(long uplinkMicros) {
    return upperBoundMicros() - uplinkMicros;
  }

  private long bound(int factor) {
    return budgetMicros / ((1L + retransmissions) * factor);
  }

  private static BurstBudget draft(int retransmissions) {
    return new BurstBudget(DRAFT_BUDGET, retransmissions, DRAFT_LEAST_FACTOR, DRAFT_MOST_FACTOR);
  }

  /** Where an uplink's time on air lies with respect to both bounds. */
  public enum Band {
    /** Below the lower bound: better than asked. */
    BELOW,
    /** Between the bounds. */
    WITHIN,
    /** Above the upper bound: the budget is overspent. */
    ABOVE
  }
}
