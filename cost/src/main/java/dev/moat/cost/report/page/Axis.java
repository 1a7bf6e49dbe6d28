package dev.moat.cost.report.page;

/**
 * The axis of the numbers.
 *
 * @param title what is counted, with its unit
 * @param decimals how many digits behind the point are shown
 * @param isLogarithmic whether equal steps are equal factors
 */
public record Axis(String title, int decimals, boolean isLogarithmic) {
  /** An axis that starts at 0. */
  public static Axis linear(String title, int decimals) {
    return new Axis(title, decimals, false);
  }
}
