package dev.moat.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures Moat beside other servers in one run, because only ratios within one run count: servers
 * pinned to processor 0, the load to processor 1, rounds alternating between the servers.
 *
 * <p>{@code Comparison [ROUNDS [SECONDS [KIND...]]]}; started by {@code benchmarks/run.sh}.
 */
public final class Comparison {
  private static final List<String> KINDS =
      List.of("echo", "moat", "californium", "californium-peers");
  private static final int[] OUTSTANDING = {16, 256};
  private static final int FIRST_PORT = 15_683;
  private static final int REMEMBERED = 100_000;

  /** Until the compiler is done, however little of the processor it gets. */
  private static final long WARM_UP_REQUESTS = 1_000_000;

  private static final double WARM_UP_SECONDS = 60;

  private final int rounds;
  private final double seconds;
  private final List<String> kinds;
  private final Map<String, Samples> samples = new LinkedHashMap<>();

  private Comparison(int rounds, double seconds, List<String> kinds) {
    this.rounds = rounds;
    this.seconds = seconds;
    this.kinds = kinds;
  }

  /** Measures and prints two tables in Markdown. */
  public static void main(String[] args) throws IOException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 4;
    List<String> kinds = args.length > 2 ? Arrays.asList(args).subList(2, args.length) : KINDS;
    Comparison comparison = new Comparison(rounds, seconds, kinds);
    comparison.measureRates();
    comparison.printRates();
    comparison.measureHeap();
  }

  private void measureRates() throws IOException {
    List<ServerProcess> servers = new ArrayList<>();
    try {
      for (String kind : kinds) {
        ServerProcess server = ServerProcess.start(kind, FIRST_PORT + servers.size());
        servers.add(server);
        LoadResult unused = load(server, 256, WARM_UP_SECONDS, WARM_UP_REQUESTS);
      }
      for (int round = 1; round <= rounds; round++) {
        measureRound(servers, round);
      }
    } finally {
      for (ServerProcess server : servers) {
        server.close();
      }
    }
  }

  private void measureRound(List<ServerProcess> servers, int round) throws IOException {
    for (int outstanding : OUTSTANDING) {
      for (ServerProcess server : servers) {
        measure(server, outstanding, round);
      }
    }
  }

  private void measure(ServerProcess server, int outstanding, int round) throws IOException {
    long cpuBefore = server.cpuNanos();
    LoadResult answers = load(server, outstanding, seconds, Long.MAX_VALUE);
    LoadResult result = answers.withCpu(server.cpuNanos() - cpuBefore);
    samples.computeIfAbsent(key(server.kind(), outstanding), key -> new Samples()).add(result);
    System.err.printf(
        Locale.ROOT,
        "round %d %-18s %3d outstanding: %s%n",
        round,
        server.kind(),
        outstanding,
        result);
  }

  private void printRates() {
    System.out.println(
        "| server | outstanding | requests/s (median) | p50 µs | p99 µs | CPU µs per request"
            + " | of echo | Moat is | of echo by CPU | Moat is by CPU |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    for (int outstanding : OUTSTANDING) {
      for (String kind : kinds) {
        Samples own = samplesOf(kind, outstanding);
        Samples echo = samplesOf("echo", outstanding);
        Samples moat = samplesOf("moat", outstanding);
        System.out.printf(
            Locale.ROOT,
            "| %s | %d | %,.0f | %.0f | %.0f | %.2f | %.0f %% | %.2f × | %.0f %% | %.2f × |%n",
            kind,
            outstanding,
            own.rate(),
            own.p50(),
            own.p99(),
            own.cpu(),
            100 * own.rate() / echo.rate(),
            moat.rate() / own.rate(),
            100 * echo.cpu() / own.cpu(),
            own.cpu() / moat.cpu());
      }
    }
  }

  /** What 100,000 distinct requests leave on the heap; a first load has loaded every class. */
  private void measureHeap() throws IOException {
    System.out.println();
    System.out.println("| server | heap octets per remembered exchange |");
    System.out.println("|---|---|");
    for (String kind : kinds) {
      if (!kind.equals("moat") && !kind.startsWith("californium")) {
        continue;
      }
      try (ServerProcess server = ServerProcess.start(kind, FIRST_PORT + 100)) {
        LoadResult warm = load(server, 16, 60, 20_000);
        long before = server.heapOctets();
        LoadResult result = load(server, 64, 60, REMEMBERED);
        long grown = server.heapOctets() - before;
        System.out.printf(
            Locale.ROOT, "| %s | %.0f |%n", kind, grown / (double) Math.max(1, result.answered()));
        if (warm.answered() < 1) {
          System.out.println("warm-up got no answer");
        }
      }
    }
  }

  private Samples samplesOf(String kind, int outstanding) {
    return samples.getOrDefault(key(kind, outstanding), new Samples());
  }

  private static String key(String kind, int outstanding) {
    return kind + "/" + outstanding;
  }

  private static LoadResult load(
      ServerProcess server, int outstanding, double seconds, long requests) throws IOException {
    return LoadResult.of(
        LoadDriver.class,
        String.valueOf(server.port()),
        String.valueOf(outstanding),
        String.valueOf(seconds),
        String.valueOf(requests),
        server.answersWhatItGot() ? "echo" : "coap");
  }
}
