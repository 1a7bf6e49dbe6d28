package dev.moat.radio.sixtisch.sim;

/**
 * How a node uses a shared cell (IEEE 802.15.4 TSCH). A frame is first sent in the next cell. After
 * each failure the exponent rises by one and the node lets 0 to 2^exponent - 1 cells pass; success
 * or giving up sets it back.
 *
 * @param minExponent macMinBe, where the exponent begins
 * @param maxExponent macMaxBe, where it stays, at most 16
 * @param maxRetransmissions how often a frame is sent again before it is dropped
 * @param queueFrames how many frames a node holds before what it is to forward is lost; frames of
 *     its own requests are never lost so, as their sender waits for room, but they take room
 */
public record MacSettings(
    int minExponent, int maxExponent, int maxRetransmissions, int queueFrames) {
  /**
   * Checks all.
   *
   * @throws IllegalArgumentException when the exponents are not 0 to 16 in order, retransmissions
   *     are negative or the queue holds nothing
   */
  public MacSettings {
    if (minExponent < 0 || minExponent > maxExponent || maxExponent > 16) {
      throw new IllegalArgumentException(
          "0 <= macMinBe <= macMaxBe <= 16, not " + minExponent + " and " + maxExponent);
    }
    if (maxRetransmissions < 0 || queueFrames < 1) {
      throw new IllegalArgumentException(
          "no negative retransmissions and a queue of at least 1, not "
              + maxRetransmissions
              + " and "
              + queueFrames);
    }
  }

  /** Exponents 1 to 7, 3 retransmissions (RFC 8180 Section 4.3), 40 frames. */
  public static MacSettings standard() {
    return new MacSettings(1, 7, 3, 40);
  }
}
