package dev.moat.radio.sixtisch;

/** Checks what is meant to be a probability. */
final class Probability {
  private Probability() {}

  /**
   * The value itself.
   *
   * @throws IllegalArgumentException when it is not 0 to 1
   */
  static double of(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("the probability of " + what + " is 0 to 1, not " + value);
    }
    return value;
  }
}
