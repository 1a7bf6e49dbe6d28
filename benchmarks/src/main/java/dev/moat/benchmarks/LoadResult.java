package dev.moat.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One line of a load driver.
 *
 * @param answered how many requests were answered
 * @param perSecond the same, per second
 * @param p50Micros median of the times they took
 * @param p99Micros 99th percentile of these
 * @param unexpected answers that were no 2.05
 * @param cpuMicros processor time that the server spent on each
 */
public record LoadResult(
    long answered,
    double perSecond,
    double p50Micros,
    double p99Micros,
    long unexpected,
    double cpuMicros) {
  private static final String QUIET = "-Dslf4j.internal.verbosity=ERROR";

  /** Runs a load driver in a process of its own, pinned to processor 1. */
  public static LoadResult of(Class<?> driver, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("taskset", "-c", "1"));
    command.addAll(ServerProcess.java("-Xmx512m", "-XX:+UseSerialGC", QUIET));
    command.add(driver.getName());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      if (line == null) {
        throw new IOException("the load driver failed");
      }
      return parse(line);
    }
  }

  private static LoadResult parse(String line) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (String pair : line.trim().split(" ", -1)) {
      int equals = pair.indexOf('=');
      values.put(pair.substring(0, equals), Double.valueOf(pair.substring(equals + 1)));
    }
    return new LoadResult(
        values.getOrDefault("answered", 0.0).longValue(),
        values.getOrDefault("perSecond", 0.0),
        values.getOrDefault("p50Micros", 0.0),
        values.getOrDefault("p99Micros", 0.0),
        values.getOrDefault("unexpected", 0.0).longValue(),
        0);
  }

  /** With the server's processor time, in nanoseconds for all requests. */
  public LoadResult withCpu(long nanos) {
    double each = nanos / 1e3 / Math.max(1, answered);
    return new LoadResult(answered, perSecond, p50Micros, p99Micros, unexpected, each);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,.0f/s p50 %.0f µs p99 %.0f µs, server CPU %.2f µs each, unexpected %d",
        perSecond,
        p50Micros,
        p99Micros,
        cpuMicros,
        unexpected);
  }
}
