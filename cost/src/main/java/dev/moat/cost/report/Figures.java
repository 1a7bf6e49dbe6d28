package dev.moat.cost.report;

import java.util.Locale;

/** Writes numbers for tables: plain decimal digits, the same on every machine. */
final class Figures {
  private static final double MICROS_PER_SECOND = 1e6;

  private Figures() {}

  /** Seconds with three decimals. */
  static String seconds(long micros) {
    return fixed(micros / MICROS_PER_SECOND, 3);
  }

  /** With this many decimals. */
  static String fixed(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** {@code yes} or {@code no}. */
  static String truth(boolean value) {
    return value ? "yes" : "no";
  }
}
