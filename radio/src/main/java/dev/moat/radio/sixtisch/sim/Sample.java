package dev.moat.radio.sixtisch.sim;

import java.util.Arrays;

/** Numbers of one kind and what is said of them; at least one. Immutable. */
public final class Sample {
  private final double[] sorted;

  private Sample(double[] sorted) {
    this.sorted = sorted;
  }

  /**
   * Keeps a copy.
   *
   * @throws IllegalArgumentException when there is no value
   */
  public static Sample of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a sample has at least one value");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Sample(sorted);
  }

  /** How many values. */
  public int size() {
    return sorted.length;
  }

  /** The arithmetic mean. */
  public double mean() {
    return Arrays.stream(sorted).sum() / sorted.length;
  }

  /** The standard deviation of the values, with n - 1; 0 for a single one. */
  public double standardDeviation() {
    double mean = mean();
    double squares = Arrays.stream(sorted).map(one -> (one - mean) * (one - mean)).sum();
    return sorted.length == 1 ? 0 : Math.sqrt(squares / (sorted.length - 1));
  }

  /** The standard error of the mean. */
  public double standardError() {
    return standardDeviation() / Math.sqrt(sorted.length);
  }

  /** The middle value, the upper one of two. */
  public double median() {
    return sorted[sorted.length / 2];
  }

  /** The value that 95 of 100 do not exceed, the nearest rank. */
  public double p95() {
    return sorted[(sorted.length * 95 + 99) / 100 - 1];
  }

  /** The greatest value. */
  public double last() {
    return sorted[sorted.length - 1];
  }

  @Override
  public String toString() {
    return String.format(
        "%d values, mean %.1f, median %.1f, p95 %.1f, last %.1f",
        size(), mean(), median(), p95(), last());
  }
}
