package dev.moat.conformance.interop;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;

/** Ports and signs of life of servers that run in processes of their own. */
final class Loopback {
  private static final byte[] PING = {0x40, 0, 0x12, 0x34};

  private Loopback() {}

  /** A UDP port on 127.0.0.1 that was free a moment ago. */
  static int freePort() throws IOException {
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      return socket.getLocalPort();
    }
  }

  /** Pings the server (RFC 7252, Section 4.3) until it answers. */
  static void awaitServer(int port) throws IOException {
    long deadline = System.nanoTime() + Bounds.PROCESS.toNanos();
    while (System.nanoTime() < deadline) {
      if (answersPing(port)) {
        return;
      }
    }
    throw new AssertionError("no server answers at port " + port);
  }

  private static boolean answersPing(int port) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      socket.setSoTimeout(50);
      socket.send(new DatagramPacket(PING, PING.length, loopback, port));
      socket.receive(new DatagramPacket(new byte[64], 64));
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }
}
