package dev.moat.radio.nbiot;

import dev.moat.radio.Direction;

/**
 * How well a device hears its cell and is heard: the data rates it gets, and what it costs there to
 * get connected.
 *
 * @param name what it is called in tables
 * @param couplingLossDb the maximum coupling loss (MCL), in decibel
 * @param uplinkBitsPerSecond the rate from the device
 * @param downlinkBitsPerSecond the rate to the device
 * @param attach what comes before the first message
 */
public record Coverage(
    String name,
    int couplingLossDb,
    int uplinkBitsPerSecond,
    int downlinkBitsPerSecond,
    Attach attach) {
  /** MCL 144 dB: 28 kbit/s up, 170 kbit/s down. */
  public static final Coverage GOOD = new Coverage("good", 144, 28_000, 170_000, Attach.GOOD);

  /** MCL 164 dB, the most that NB-IoT spans: 370 bit/s up, 2.5 kbit/s down. */
  public static final Coverage BAD = new Coverage("bad", 164, 370, 2_500, Attach.BAD);

  /**
   * Checks the rates.
   *
   * @throws IllegalArgumentException when one is not above 0
   */
  public Coverage {
    requireRate(uplinkBitsPerSecond, "uplinkBitsPerSecond");
    requireRate(downlinkBitsPerSecond, "downlinkBitsPerSecond");
  }

  /** The rate of a direction, in bit per second. */
  public int bitsPerSecond(Direction direction) {
    return direction == Direction.UPLINK ? uplinkBitsPerSecond : downlinkBitsPerSecond;
  }

  private static void requireRate(int bitsPerSecond, String name) {
    if (bitsPerSecond < 1) {
      throw new IllegalArgumentException(name + " is " + bitsPerSecond + ", and a rate is above 0");
    }
  }
}
