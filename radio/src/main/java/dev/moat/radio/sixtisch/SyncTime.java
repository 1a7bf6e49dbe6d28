package dev.moat.radio.sixtisch;

/**
 * How long a pledge scans until it hears an enhanced beacon (RFC 8180 Section 6.1): it listens on
 * one channel after the other, and per slotframe one beacon may be sent, on a channel that hops.
 * The number of slotframes until both meet is geometric, and the first of them has already begun
 * when the pledge starts:
 *
 * <pre>E[T] = (C / (P_eb P_sr) - 1/2) T_sf + T_eb</pre>
 *
 * <p>This holds when channel and scan are independent from slotframe to slotframe (scan period
 * shorter than a slotframe). A pledge that stays on one channel of a strictly periodic hopping
 * sequence hears its first beacon sooner on average.
 *
 * @param channels the channels hopped over, C, at least 1
 * @param beaconProbability that a slotframe has a beacon, P_eb, above 0
 * @param receptionProbability that a beacon on the right channel is received, P_sr, above 0
 * @param slotframe its length is T_sf
 * @param beaconMicros how long a beacon takes on the air, T_eb
 */
public record SyncTime(
    int channels,
    double beaconProbability,
    double receptionProbability,
    Slotframe slotframe,
    int beaconMicros) {
  /** What a full frame takes at 250 kbit/s: (127 + 6) octets of 32 us. */
  public static final int FULL_FRAME_MICROS = 4256;

  /**
   * Checks all.
   *
   * @throws IllegalArgumentException when a count or time is too small or a probability is not
   *     above 0 and at most 1
   */
  public SyncTime {
    if (channels < 1 || beaconMicros < 0) {
      throw new IllegalArgumentException(
          "at least 1 channel and no negative time, not " + channels + " and " + beaconMicros);
    }
    if (Probability.of("a beacon", beaconProbability) == 0
        || Probability.of("reception", receptionProbability) == 0) {
      throw new IllegalArgumentException("without beacons nobody synchronises");
    }
  }

  /** The minimal slotframe, and a beacon that fills a frame. */
  public static SyncTime minimal(int channels, double beaconProbability) {
    return new SyncTime(channels, beaconProbability, 1, Slotframe.minimal(), FULL_FRAME_MICROS);
  }

  /** That a slotframe that has begun ends the scan: P_eb P_sr / C. */
  public double perSlotframe() {
    return beaconProbability * receptionProbability / channels;
  }

  /** The expected scan in microseconds, E[T]. */
  public double meanMicros() {
    return (1 / perSlotframe() - 0.5) * slotframe.micros() + beaconMicros;
  }
}
