package dev.moat.radio.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What the models say stands in the reference file, by path. */
final class Claims {
  /** Between the path of a note and the label of a figure it is about. */
  static final String NOTED = " # ";

  private final Map<String, Claim> byPath = new LinkedHashMap<>();
  private final Set<String> checkedSums = new LinkedHashSet<>();

  /** A size, a count: exact. */
  void exactly(Place place, long value) {
    put(place, new Figure(BigDecimal.valueOf(value), 0));
  }

  /**
   * A sum of other figures of the file, none of which a model puts out: that shows the file to
   * agree with itself, and is counted apart from what models reproduce.
   */
  void checkedSum(Place place, long value) {
    exactly(place, value);
    checkedSums.add(place.path());
  }

  /** Sizes or counts in a row. */
  void exactly(Place array, int... values) {
    if (array.node().size() != values.length) {
      throw new AssertionError(array.path() + " has not " + values.length + " entries");
    }
    for (int i = 0; i < values.length; i++) {
      exactly(array.to(i), values[i]);
    }
  }

  /** A figure that the file prints with {@code decimals} digits, or fewer where they are zeros. */
  void rounded(Place place, double value, int decimals) {
    put(place, new Figure(new BigDecimal(value), decimals));
  }

  /** A figure that another program estimated, to within a share of the value. */
  void near(Place place, double value, double share) {
    put(place, new Near(value, share));
  }

  void flag(Place place, boolean value) {
    put(place, new Flag(value));
  }

  void text(Place place, String value) {
    put(place, new Text(value));
  }

  /** A figure of a source that the file speaks of in a note, but does not have as a number. */
  void noted(Place note, String label, double value, int decimals) {
    byPath.put(note.path() + NOTED + label, new Figure(new BigDecimal(value), decimals));
  }

  Map<String, Claim> byPath() {
    return byPath;
  }

  Set<String> checkedSums() {
    return checkedSums;
  }

  private void put(Place place, Claim claim) {
    if (byPath.put(place.path(), claim) != null) {
      throw new AssertionError(place.path() + " is claimed twice");
    }
  }

  /** What one leaf should be. */
  interface Claim {
    boolean agreesWith(JsonNode leaf);
  }

  /**
   * A number.
   *
   * @param value what the model gives
   * @param decimals how many digits the file rounds to; 0 asks for the very integer
   */
  record Figure(BigDecimal value, int decimals) implements Claim {
    /** The computed value may lie just beyond the middle between two printed ones by its type. */
    private static final BigDecimal HALF = new BigDecimal("0.500000001");

    @Override
    public boolean agreesWith(JsonNode leaf) {
      return leaf.isNumber() && agreesWith(leaf.decimalValue());
    }

    boolean agreesWith(BigDecimal printed) {
      if (printed.stripTrailingZeros().scale() > decimals) {
        return false;
      }
      BigDecimal difference = printed.subtract(value).abs();
      return decimals == 0
          ? difference.signum() == 0
          : difference.compareTo(HALF.scaleByPowerOfTen(-decimals)) <= 0;
    }

    @Override
    public String toString() {
      return value.round(new MathContext(9)) + " to " + decimals + " decimals";
    }
  }

  /**
   * An estimate.
   *
   * @param value what the model gives
   * @param share how far off the file may be
   */
  record Near(double value, double share) implements Claim {
    @Override
    public boolean agreesWith(JsonNode leaf) {
      return leaf.isNumber() && Math.abs(leaf.doubleValue() / value - 1) <= share;
    }
  }

  /**
   * A yes or no.
   *
   * @param value what the model gives
   */
  record Flag(boolean value) implements Claim {
    @Override
    public boolean agreesWith(JsonNode leaf) {
      return leaf.isBoolean() && leaf.booleanValue() == value;
    }
  }

  /**
   * A text that says figures.
   *
   * @param value what the model gives
   */
  record Text(String value) implements Claim {
    @Override
    public boolean agreesWith(JsonNode leaf) {
      return leaf.isTextual() && leaf.textValue().equals(value);
    }
  }
}
