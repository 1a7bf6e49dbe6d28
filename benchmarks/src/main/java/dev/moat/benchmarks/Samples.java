package dev.moat.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rounds of one server at one number outstanding. */
public final class Samples {
  private final List<LoadResult> results = new ArrayList<>();

  /** One more round. */
  public void add(LoadResult result) {
    results.add(result);
  }

  /** Median of the answers per second. */
  public double rate() {
    return median(results.stream().mapToDouble(LoadResult::perSecond).toArray());
  }

  /** Median of the medians, in microseconds. */
  public double p50() {
    return median(results.stream().mapToDouble(LoadResult::p50Micros).toArray());
  }

  /** Median of the 99th percentiles, in microseconds. */
  public double p99() {
    return median(results.stream().mapToDouble(LoadResult::p99Micros).toArray());
  }

  /** Median of the processor time for each answer, in microseconds. */
  public double cpu() {
    return median(results.stream().mapToDouble(LoadResult::cpuMicros).toArray());
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values.length == 0 ? Double.NaN : values[values.length / 2];
  }
}
