package dev.moat.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;

/**
 * Keeps a number of confirmable GETs outstanding at one server and tells how many were answered and
 * how fast.
 *
 * <p>{@code LoadDriver PORT OUTSTANDING SECONDS [REQUESTS [echo]]}: ends after the time or the
 * number, whichever comes first. It polls its sockets without sleeping, so it wants a processor of
 * its own.
 */
public final class LoadDriver {
  private static final int MAX_PORTS = 8;

  private final InetSocketAddress server;
  private final int outstandingPerPort;
  private final LatencyHistogram latencies = new LatencyHistogram();
  private final LoadSocket[] sockets;
  private final int expectedCode;
  private long resent;
  private long unexpected;

  private LoadDriver(InetSocketAddress server, int outstanding, boolean echoed) throws IOException {
    this.server = server;
    this.expectedCode = echoed ? 0x01 : 0x45;
    this.sockets = new LoadSocket[Math.min(MAX_PORTS, outstanding)];
    this.outstandingPerPort = outstanding / sockets.length;
    for (int i = 0; i < sockets.length; i++) {
      sockets[i] = open();
    }
  }

  /** Runs the load and prints one line of key=value pairs. */
  public static void main(String[] args) throws IOException {
    if (args.length < 3) {
      System.err.println("usage: LoadDriver PORT OUTSTANDING SECONDS [REQUESTS [echo]]");
      System.exit(2);
    }
    int port = Integer.parseInt(args[0]);
    long requests = args.length > 3 ? Long.parseLong(args[3]) : Long.MAX_VALUE;
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    boolean echoed = args.length > 4 && args[4].equals("echo");
    LoadDriver driver = new LoadDriver(server, Integer.parseInt(args[1]), echoed);
    long started = System.nanoTime();
    long deadline = started + (long) (Double.parseDouble(args[2]) * 1e9);
    long answered = driver.run(deadline, requests);
    double seconds = (System.nanoTime() - started) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "answered=%d perSecond=%.0f p50Micros=%.1f p99Micros=%.1f resent=%d unexpected=%d%n",
        answered,
        answered / seconds,
        driver.latencies.quantileNanos(0.50) / 1e3,
        driver.latencies.quantileNanos(0.99) / 1e3,
        driver.resent,
        driver.unexpected);
  }

  private LoadSocket open() throws IOException {
    return new LoadSocket(server, outstandingPerPort, expectedCode);
  }

  private long run(long deadlineNanos, long requests) throws IOException {
    long answered = 0;
    long sent = 0;
    while (answered < requests && System.nanoTime() < deadlineNanos) {
      for (int i = 0; i < sockets.length; i++) {
        LoadSocket socket = sockets[i];
        answered += socket.receive(latencies);
        sent += socket.fill((int) Math.min(Integer.MAX_VALUE, requests - sent));
        resent += socket.resend();
        if (socket.isSpent()) {
          close(socket);
          sockets[i] = open();
        }
      }
    }
    for (LoadSocket socket : sockets) {
      close(socket);
    }
    return answered;
  }

  private void close(LoadSocket socket) throws IOException {
    unexpected += socket.unexpected();
    socket.close();
  }
}
