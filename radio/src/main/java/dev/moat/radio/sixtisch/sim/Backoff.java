package dev.moat.radio.sixtisch.sim;

import java.util.SplittableRandom;

/** The back-off of one sender in a shared cell. Mutable; owned by the sender. */
final class Backoff {
  private final MacSettings mac;
  private int exponent;
  private int failures;

  Backoff(MacSettings mac) {
    this.mac = mac;
    this.exponent = mac.minExponent();
  }

  /** The frame has arrived: the next one starts afresh. */
  void succeeded() {
    exponent = mac.minExponent();
    failures = 0;
  }

  /** The frame was not acknowledged. Whether the sender gives it up, and starts afresh. */
  boolean failed() {
    failures++;
    if (failures > mac.maxRetransmissions()) {
      succeeded();
      return true;
    }
    exponent = Math.min(exponent + 1, mac.maxExponent());
    return false;
  }

  /** How many cells to let pass before the frame is sent again. */
  int draw(SplittableRandom random) {
    return random.nextInt(1 << exponent);
  }
}
