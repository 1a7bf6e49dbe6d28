package dev.moat.benchmarks.transports;

import dev.moat.benchmarks.LatencyHistogram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Keeps GETs outstanding on several connections, all driven by one thread. */
final class TcpLoad {
  private static final int MOST_CONNECTIONS = 8;
  private static final long PATIENCE_MILLIS = 100;

  private TcpLoad() {}

  static TransportLoad.Counted run(InetSocketAddress server, int outstanding, long nanos)
      throws IOException {
    LatencyHistogram latencies = new LatencyHistogram();
    int number = Math.min(MOST_CONNECTIONS, outstanding);
    List<TcpLoadConnection> connections = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < number; i++) {
        connections.add(new TcpLoadConnection(server, selector, outstanding / number, latencies));
      }
      long started = System.nanoTime();
      while (System.nanoTime() - started < nanos) {
        int unused = selector.select(PATIENCE_MILLIS);
        turn(selector.selectedKeys().iterator());
      }
      long taken = System.nanoTime() - started;
      long unexpected = 0;
      for (TcpLoadConnection connection : connections) {
        connection.close();
        unexpected += connection.unexpected();
      }
      return new TransportLoad.Counted(latencies, taken, unexpected);
    }
  }

  private static void turn(Iterator<SelectionKey> keys) throws IOException {
    while (keys.hasNext()) {
      SelectionKey key = keys.next();
      keys.remove();
      if (key.attachment() instanceof TcpLoadConnection connection) {
        connection.turn(key);
      }
    }
  }
}
