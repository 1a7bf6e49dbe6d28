package dev.moat.radio.device;

import java.time.Duration;

/**
 * How long a cell lasts when a device makes a handshake every so often and sleeps in between: the
 * cell's energy runs down by a constant mean power and, in proportion to what is left, by itself.
 *
 * <p>What it leaves out makes real cells last shorter: pulses and cold lower the capacity, a
 * regulator wastes some, and electronics stop before a cell is empty. What the application sends is
 * no part of it unless the caller adds its mean power to {@code sleepMilliwatt}.
 *
 * @param cell the cell, new
 * @param handshakeMillijoule what a handshake takes: radio, getting connected, computing
 * @param rekeyInterval from one handshake to the next
 * @param sleepMilliwatt what the device draws on average besides
 */
public record BatteryLife(
    Cell cell, double handshakeMillijoule, Duration rekeyInterval, double sleepMilliwatt) {
  /** The Julian year, 365.25 days. */
  private static final double SECONDS_PER_YEAR = 31_557_600;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the field that breaks its rule: an energy or power that
   *     is negative or no finite number, an interval that is not above 0, a device that draws
   *     nothing at all, or values so extreme that the mean power or the years are no finite number
   */
  public BatteryLife {
    Quantity.requireAtLeast(0, handshakeMillijoule, "handshakeMillijoule");
    Quantity.requireAtLeast(0, sleepMilliwatt, "sleepMilliwatt");
    if (rekeyInterval.isZero() || rekeyInterval.isNegative()) {
      throw new IllegalArgumentException(
          "rekeyInterval is " + rekeyInterval + ", and must be above 0");
    }
    if (handshakeMillijoule + sleepMilliwatt == 0) {
      throw new IllegalArgumentException(
          "handshakeMillijoule and sleepMilliwatt are both 0: such a device never runs down a cell");
    }
    double mean = handshakeMilliwatt(handshakeMillijoule, rekeyInterval) + sleepMilliwatt;
    Quantity.requireAbove(0, mean, "the mean power in milliwatt");
    if (!Double.isFinite(years(cell, mean))) {
      throw new IllegalArgumentException(
          "a cell of "
              + cell.millijoules()
              + " mJ at a mean power of "
              + mean
              + " mW lasts longer than can be computed");
    }
  }

  /** Years until the cell is empty. */
  public double years() {
    return years(cell, meanMilliwatt());
  }

  /**
   * Years it would last without any handshake.
   *
   * @throws IllegalStateException when {@code sleepMilliwatt} is 0, for then nothing is drawn, or
   *     so little that the years are no finite number
   */
  public double yearsWithoutHandshakes() {
    if (sleepMilliwatt == 0) {
      throw new IllegalStateException("sleepMilliwatt is 0: without handshakes nothing is drawn");
    }
    double years = years(cell, sleepMilliwatt);
    if (!Double.isFinite(years)) {
      throw new IllegalStateException(
          "sleepMilliwatt is "
              + sleepMilliwatt
              + ": without handshakes the cell lasts longer than can be computed");
    }
    return years;
  }

  /** The mean power of the handshakes and the rest, in milliwatt. */
  public double meanMilliwatt() {
    return handshakeMilliwatt(handshakeMillijoule, rekeyInterval) + sleepMilliwatt;
  }

  /** How much of what the device draws goes into handshakes, from 0 to 1. */
  public double handshakeShare() {
    return handshakeMilliwatt(handshakeMillijoule, rekeyInterval) / meanMilliwatt();
  }

  private static double handshakeMilliwatt(double millijoule, Duration interval) {
    double seconds = interval.getSeconds() + interval.getNano() / 1e9;
    return millijoule / seconds;
  }

  /** Solves {@code dE/dt = -P - r E} from the full cell down to {@code E = 0}. */
  private static double years(Cell cell, double milliwatt) {
    double yearsBySteadyLoad = cell.millijoules() / milliwatt / SECONDS_PER_YEAR;
    double rate = cell.selfDischargeRatePerYear();
    return rate == 0 ? yearsBySteadyLoad : Math.log1p(rate * yearsBySteadyLoad) / rate;
  }
}
