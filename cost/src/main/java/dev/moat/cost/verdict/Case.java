package dev.moat.cost.verdict;

import java.util.Locale;

/**
 * One figure beside its limit.
 *
 * @param subject what was looked at
 * @param value the figure, with its unit
 * @param limit what it is compared with
 * @param met whether it keeps the limit
 * @param excess how far it is from the limit, with unit; empty when it keeps it
 */
public record Case(String subject, String value, String limit, boolean met, String excess) {

  /** A count that may be at most {@code limit}. */
  static Case atMost(String subject, long value, long limit, String unit) {
    boolean met = value <= limit;
    return new Case(
        subject,
        value + " " + unit,
        "at most " + limit,
        met,
        met ? "" : (value - limit) + " " + unit + " too many");
  }

  /** A measure that may be at most {@code limit}. */
  static Case atMost(String subject, double value, double limit, String unit) {
    boolean met = value <= limit;
    return new Case(
        subject,
        text(value) + " " + unit,
        "at most " + text(limit) + " " + unit,
        met,
        met ? "" : text(value - limit) + " " + unit + " too much");
  }

  /** Something that has to be so. */
  static Case holds(String subject, String value, String wanted, boolean met) {
    return new Case(subject, value, wanted, met, met ? "" : "not so");
  }

  /** A figure without a limit. */
  static Case figure(String subject, String value) {
    return new Case(subject, value, "", true, "");
  }

  /** Three decimals at most, none where they are zero. */
  static String text(double value) {
    String digits = String.format(Locale.ROOT, "%.3f", value);
    return digits.contains(".") ? digits.replaceFirst("\\.?0+$", "") : digits;
  }
}
