package dev.moat.benchmarks.transports;

import dev.moat.benchmarks.LatencyHistogram;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;

/**
 * The load of one round: {@code TransportLoad TASK PORT SECONDS}. Prints one line of key=value
 * pairs, as every load driver here.
 */
public final class TransportLoad {
  private TransportLoad() {}

  /** Runs the load. */
  public static void main(String[] args) throws Exception {
    Task task = Task.valueOf(args[0]);
    int port = Integer.parseInt(args[1]);
    InetSocketAddress server =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), task.secured() ? port : port + 1);
    long nanos = (long) (Double.parseDouble(args[2]) * 1e9);
    Counted counted =
        switch (task) {
          case COAPS_16, COAPS_256 -> DtlsLoad.requests(server, task.outstanding(), nanos);
          case HANDSHAKES -> DtlsLoad.handshakes(server, task.outstanding(), nanos);
          case TCP_16, TCP_256 -> TcpLoad.run(server, task.outstanding(), nanos);
        };
    System.out.println(counted.line());
    System.exit(0);
  }

  /**
   * What a load counted.
   *
   * @param latencies of what was answered
   * @param nanos how long it took in all
   * @param unexpected answers that were no 2.05, and requests without answer
   */
  record Counted(LatencyHistogram latencies, long nanos, long unexpected) {
    String line() {
      return String.format(
          Locale.ROOT,
          "answered=%d perSecond=%.1f p50Micros=%.1f p99Micros=%.1f unexpected=%d",
          latencies.total(),
          latencies.total() * 1e9 / nanos,
          latencies.quantileNanos(0.50) / 1e3,
          latencies.quantileNanos(0.99) / 1e3,
          unexpected);
    }
  }
}
