package dev.moat.radio.sixtisch.sim;

import dev.moat.radio.sixtisch.Slotframe;

/**
 * What all nodes of a network have in common.
 *
 * @param slotframe one of its cells is shared by all
 * @param mac how that cell is used
 * @param timers how a pledge repeats a request
 * @param beacons how a network is found
 * @param deliveryRatio that a frame and its acknowledgement arrive when nobody else sends, above 0
 * @param holdOffMicros how long at most a pledge whose attempt failed waits before it scans again;
 *     it doubles with each further failure, up to 10 times, and the time waited is uniform below
 *     it. No RFC has such a rule, but without one a dense or large network hardly forms once all
 *     are switched on together: everybody retries all the time
 */
public record FormationCell(
    Slotframe slotframe,
    MacSettings mac,
    JoinTimers timers,
    Beacons beacons,
    double deliveryRatio,
    long holdOffMicros) {
  private static final long MAX_HOLD_OFF_MICROS = 1_000_000_000_000L;

  /**
   * Enhanced beacons. In every slotframe the nodes that hear each other send one with this
   * probability together (the probability of one is divided by their number), unless the one whose
   * turn it is sends a frame in that cell.
   *
   * @param probability above 0, at most 1
   * @param channels those a scanning pledge has to choose from, at least 1
   */
  public record Beacons(double probability, int channels) {
    /**
     * Checks both.
     *
     * @throws IllegalArgumentException when one is out of its range
     */
    public Beacons {
      if (!(probability > 0 && probability <= 1) || channels < 1) {
        throw new IllegalArgumentException(
            "beacons are sent with a probability above 0, on at least 1 channel, not "
                + probability
                + " and "
                + channels);
      }
    }
  }

  /**
   * Checks the delivery ratio and the time.
   *
   * @throws IllegalArgumentException when the ratio is not above 0 and at most 1 or the time
   *     negative or above 10^12, eleven days
   */
  public FormationCell {
    if (!(deliveryRatio > 0 && deliveryRatio <= 1)) {
      throw new IllegalArgumentException(
          "the delivery ratio is above 0 and at most 1, not " + deliveryRatio);
    }
    if (holdOffMicros < 0 || holdOffMicros > MAX_HOLD_OFF_MICROS) {
      throw new IllegalArgumentException("a pledge holds off 0 to 10^12 us, not " + holdOffMicros);
    }
  }

  /**
   * Minimal slotframe, standard back-off, CoJP timers, beacons 0.33 on 16 channels, no losses, and
   * 300 s to hold off at first.
   */
  public static FormationCell minimal() {
    return new FormationCell(
        Slotframe.minimal(),
        MacSettings.standard(),
        JoinTimers.cojp(),
        new Beacons(0.33, 16),
        1,
        300_000_000);
  }

  /** The same with another delivery ratio. */
  public FormationCell withDeliveryRatio(double other) {
    return new FormationCell(slotframe, mac, timers, beacons, other, holdOffMicros);
  }
}
