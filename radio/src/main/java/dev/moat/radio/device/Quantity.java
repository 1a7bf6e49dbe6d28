package dev.moat.radio.device;

/** Checks of what people type in. */
final class Quantity {
  private Quantity() {}

  static void requireAbove(double least, double value, String name) {
    if (!(value > least) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          name + " is " + value + ", and must be a finite number above " + least);
    }
  }

  static void requireAtLeast(double least, double value, String name) {
    if (!(value >= least) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          name + " is " + value + ", and must be a finite number of at least " + least);
    }
  }
}
