package dev.moat.radio.device;

import java.util.List;

/**
 * A primary cell, or several as one battery.
 *
 * @param name what it is called in tables
 * @param capacityMilliampereHours the charge it gives at room temperature and a small steady load
 * @param volts its nominal voltage
 * @param selfDischargePercentPerYear how much of what is left it loses in a year by itself
 * @param source where the figures come from
 */
public record Cell(
    String name,
    double capacityMilliampereHours,
    double volts,
    double selfDischargePercentPerYear,
    String source) {
  /** A lithium coin cell of 20 mm; gives some milliampere only, too little for NB-IoT's pulses. */
  public static final Cell CR2032 =
      new Cell(
          "CR2032",
          235,
          3.0,
          1,
          "Energizer CR2032 data sheet: 235 mAh to 2.0 V at 15 kOhm, about 1 % a year");

  /** Two AA cells of lithium and iron disulfide in series. */
  public static final Cell TWO_AA_LITHIUM =
      new Cell(
          "2 x AA lithium",
          3000,
          3.0,
          0.7,
          "Energizer L91 data sheets: 3000 mAh, 1.5 V; 90 % left after 15 years at 21 degrees");

  /** A C cell of lithium and thionyl chloride, as in meters. */
  public static final Cell C_LITHIUM_THIONYL_CHLORIDE =
      new Cell(
          "C Li-SOCl2",
          7700,
          3.6,
          1,
          "Saft LS 26500 data sheet: 7.7 Ah, 3.6 V, less than 1 % in the first year at 20 degrees");

  /** The 5 watt hours without leakage by which 3GPP compares radios; the voltage is arbitrary. */
  public static final Cell REFERENCE_5_WATT_HOURS =
      new Cell(
          "3GPP reference, 5 Wh",
          5000,
          1.0,
          0,
          "3GPP TR 45.820, section 5.4: 5 Wh, no battery leakage");

  private static final double MILLIJOULES_PER_MILLIWATT_HOUR = 3_600;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the field that breaks its rule: a capacity or voltage
   *     that is not a number above 0, or a self-discharge that is not from 0 to below 100 %
   */
  public Cell {
    Quantity.requireAbove(0, capacityMilliampereHours, "capacityMilliampereHours");
    Quantity.requireAbove(0, volts, "volts");
    Quantity.requireAtLeast(0, selfDischargePercentPerYear, "selfDischargePercentPerYear");
    if (selfDischargePercentPerYear >= 100) {
      throw new IllegalArgumentException(
          "selfDischargePercentPerYear is "
              + selfDischargePercentPerYear
              + ", and must be below 100");
    }
  }

  /** The cells above, smallest first. */
  public static List<Cell> presets() {
    return List.of(CR2032, REFERENCE_5_WATT_HOURS, TWO_AA_LITHIUM, C_LITHIUM_THIONYL_CHLORIDE);
  }

  /** What it holds when new, in millijoule. */
  public double millijoules() {
    return capacityMilliampereHours * volts * MILLIJOULES_PER_MILLIWATT_HOUR;
  }

  /**
   * The rate at which it runs down by itself, per year: {@code -ln(1 - s)}, for a share {@code s}
   * of what is left lost in a year.
   */
  double selfDischargeRatePerYear() {
    return -Math.log1p(-selfDischargePercentPerYear / 100);
  }
}
