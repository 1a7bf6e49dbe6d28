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
   *     is negative or no finite number, an interval that is not above 0, or a device that draws
   *     nothing at all
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
  }

  /** Years until the cell is empty. */
  public double years() {
    return years(meanMilliwatt());
  }

  /**
   * Years it would last without any handshake.
   *
   * @throws IllegalStateException when {@code sleepMilliwatt} is 0, for then nothing is drawn
   */
  public double yearsWithoutHandshakes() {
    if (sleepMilliwatt == 0) {
      throw new IllegalStateException("sleepMilliwatt is 0: without handshakes nothing is drawn");
    }
    return years(sleepMilliwatt);
  }

  /** The mean power of the handshakes and the rest, in milliwatt. */
  public double meanMilliwatt() {
    return handshakeMilliwatt() + sleepMilliwatt;
  }

  /** How much of what the device draws goes into handshakes, from 0 to 1. */
  public double handshakeShare() {
    return handshakeMilliwatt() / meanMilliwatt();
  }

  private double handshakeMilliwatt() {
    double seconds = rekeyInterval.getSeconds() + rekeyInterval.getNano() / 1e9;
    return handshakeMillijoule / seconds;
  }

  /** Solves {@code dE/dt = -P - r E} from the full cell down to {@code E = 0}. */
  private double years(double milliwatt) {
    double yearsBySteadyLoad = cell.millijoules() / milliwatt / SECONDS_PER_YEAR;
    double rate = cell.selfDischargeRatePerYear();
    return rate == 0 ? yearsBySteadyLoad : Math.log1p(rate * yearsBySteadyLoad) / rate;
  }
}
