package dev.moat.benchmarks.transports;

import dev.moat.benchmarks.LoadResult;
import dev.moat.benchmarks.Samples;
import dev.moat.benchmarks.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures Moat beside a bare Californium on the same Scandium and over TCP, in one run: servers
 * pinned to processor 0, the load to processor 1, rounds alternating between the two.
 *
 * <p>{@code TransportComparison [ROUNDS [SECONDS [TASK...]]]}; started by {@code
 * benchmarks/transports.sh}.
 */
public final class TransportComparison {
  private static final String MOAT = "moat";
  private static final String CALIFORNIUM = "californium";
  private static final int FIRST_PORT = 17_683;
  private static final double WARM_UP_SECONDS = 15;

  private final int rounds;
  private final double seconds;
  private final List<Task> tasks;
  private final Map<Task, Samples> moat = new EnumMap<>(Task.class);
  private final Map<Task, Samples> californium = new EnumMap<>(Task.class);

  private TransportComparison(int rounds, double seconds, List<Task> tasks) {
    this.rounds = rounds;
    this.seconds = seconds;
    this.tasks = tasks;
  }

  /** Measures and prints a table in Markdown. */
  public static void main(String[] args) throws IOException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 4;
    List<Task> tasks = new ArrayList<>();
    for (int i = 2; i < args.length; i++) {
      tasks.add(Task.valueOf(args[i].toUpperCase(Locale.ROOT)));
    }
    if (tasks.isEmpty()) {
      tasks.addAll(Arrays.asList(Task.values()));
    }
    TransportComparison comparison = new TransportComparison(rounds, seconds, tasks);
    comparison.measure();
    comparison.print();
  }

  private void measure() throws IOException {
    try (ServerProcess first = ServerProcess.start(TransportServer.class, MOAT, FIRST_PORT);
        ServerProcess second =
            ServerProcess.start(TransportServer.class, CALIFORNIUM, FIRST_PORT + 10)) {
      for (Task task : tasks) {
        LoadResult unused = load(first, task, WARM_UP_SECONDS);
        LoadResult unusedToo = load(second, task, WARM_UP_SECONDS);
      }
      for (int round = 1; round <= rounds; round++) {
        for (Task task : tasks) {
          measure(first, task, round, moat);
          measure(second, task, round, californium);
        }
      }
    }
  }

  private void measure(ServerProcess server, Task task, int round, Map<Task, Samples> to)
      throws IOException {
    LoadResult result = load(server, task, seconds);
    to.computeIfAbsent(task, key -> new Samples()).add(result);
    System.err.printf(Locale.ROOT, "round %d %-10s %-12s %s%n", round, task, server.kind(), result);
  }

  private static LoadResult load(ServerProcess server, Task task, double seconds)
      throws IOException {
    long cpuBefore = server.cpuNanos();
    LoadResult result =
        LoadResult.of(
            TransportLoad.class,
            task.name(),
            String.valueOf(server.port()),
            String.valueOf(seconds));
    return result.withCpu(server.cpuNanos() - cpuBefore);
  }

  private void print() {
    System.out.println(
        "| task | Moat /s | Californium /s | Moat is | Moat p99 µs | Californium p99 µs"
            + " | Moat CPU µs | Californium CPU µs | Moat is by CPU |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    for (Task task : tasks) {
      Samples ours = moat.getOrDefault(task, new Samples());
      Samples theirs = californium.getOrDefault(task, new Samples());
      System.out.printf(
          Locale.ROOT,
          "| %s | %,.0f | %,.0f | **%.2f ×** | %,.0f | %,.0f | %.1f | %.1f | %.2f × |%n",
          task.name().toLowerCase(Locale.ROOT).replace('_', ' '),
          ours.rate(),
          theirs.rate(),
          ours.rate() / theirs.rate(),
          ours.p99(),
          theirs.p99(),
          ours.cpu(),
          theirs.cpu(),
          theirs.cpu() / ours.cpu());
    }
  }
}
