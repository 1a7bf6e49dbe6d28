package dev.moat.conformance.flood;

import dev.moat.bytes.Bytes;
import dev.moat.testkit.Arbitrary;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.function.Supplier;

/**
 * Sends datagrams to a server as fast as it takes them: after every batch it waits for the answer
 * to a ping, so that the socket buffer of the server does not swallow the flood in its place.
 */
final class Flood implements Closeable {
  /**
   * Small enough for a receive buffer of 200 KiB, in which each datagram takes about a kilobyte.
   */
  private static final int BATCH = 128;

  private static final int PING_MILLIS = 200;
  private static final byte[] PING = {0x40, 0, 0, 0};

  private final DatagramSocket flood;
  private final DatagramSocket pinger;
  private final InetSocketAddress server;
  private int lostPings;

  Flood(int port) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    server = new InetSocketAddress(loopback, port);
    flood = new DatagramSocket(new InetSocketAddress(loopback, 0));
    pinger = new DatagramSocket(new InetSocketAddress(loopback, 0));
    pinger.setSoTimeout(PING_MILLIS);
  }

  /** Up to 80 octets of anything. */
  static Supplier<Bytes> random(Arbitrary arbitrary) {
    return () -> arbitrary.random().bytes(arbitrary.between(0, 80));
  }

  void send(int datagrams, Supplier<Bytes> source) throws IOException {
    for (int sent = 0; sent < datagrams; sent++) {
      byte[] datagram = source.get().toArray();
      flood.send(new DatagramPacket(datagram, datagram.length, server));
      if (sent % BATCH == BATCH - 1) {
        ping();
      }
    }
    ping();
  }

  /** Batches after which the server did not answer in time. */
  int lostPings() {
    return lostPings;
  }

  private void ping() throws IOException {
    DatagramPacket answer = new DatagramPacket(new byte[64], 64);
    PING[2]++;
    pinger.send(new DatagramPacket(PING, PING.length, server));
    try {
      pinger.receive(answer);
    } catch (SocketTimeoutException e) {
      lostPings++;
    }
  }

  @Override
  public void close() {
    flood.close();
    pinger.close();
  }
}
