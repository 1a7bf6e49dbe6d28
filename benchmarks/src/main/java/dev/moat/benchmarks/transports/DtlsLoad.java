package dev.moat.benchmarks.transports;

import dev.moat.benchmarks.LatencyHistogram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Loads by several DTLS clients, each with a socket and a thread of its own. */
final class DtlsLoad {
  private static final int MOST_CLIENTS = 8;

  private DtlsLoad() {}

  /** Keeps {@code outstanding} GETs on their way in associations that are there already. */
  static TransportLoad.Counted requests(InetSocketAddress server, int outstanding, long nanos)
      throws Exception {
    int clients = Math.min(MOST_CLIENTS, outstanding);
    return run(server, clients, client -> client.flood(outstanding / clients), nanos);
  }

  /** Makes one handshake after the other, {@code clients} at a time, each with one GET. */
  static TransportLoad.Counted handshakes(InetSocketAddress server, int clients, long nanos)
      throws Exception {
    return run(server, clients, DtlsLoadClient::handshakes, nanos);
  }

  private static TransportLoad.Counted run(
      InetSocketAddress server, int number, Way way, long nanos) throws Exception {
    List<DtlsLoadClient> clients = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      clients.add(new DtlsLoadClient(server));
    }
    for (DtlsLoadClient client : clients) {
      client.shakeHands();
    }
    long started = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (DtlsLoadClient client : clients) {
      client.until(started + nanos);
      Thread thread = new Thread(() -> way.of(client), "load");
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return total(clients, System.nanoTime() - started);
  }

  private static TransportLoad.Counted total(List<DtlsLoadClient> clients, long nanos)
      throws IOException {
    LatencyHistogram all = new LatencyHistogram();
    long unexpected = 0;
    for (DtlsLoadClient client : clients) {
      client.close();
      all.add(client.latencies());
      unexpected += client.unexpected();
    }
    return new TransportLoad.Counted(all, nanos, unexpected);
  }

  private interface Way {
    void of(DtlsLoadClient client);
  }
}
