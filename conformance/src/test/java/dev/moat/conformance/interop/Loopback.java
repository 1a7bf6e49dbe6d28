package dev.moat.conformance.interop;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;

/** Ports and signs of life of servers that run in processes of their own. */
public final class Loopback {
  private static final byte[] PING = {0x40, 0, 0x12, 0x34};

  private Loopback() {}

  /** A UDP port on 127.0.0.1 that was free a moment ago. */
  public static int freePort() throws IOException {
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      return socket.getLocalPort();
    }
  }

  /** A port that was free a moment ago, like the one after it, for UDP and for TCP. */
  public static int freePortPair() throws IOException {
    for (int attempt = 0; attempt < 50; attempt++) {
      int port = freePort();
      if (port < 0xffff && isFree(port) && isFree(port + 1)) {
        return port;
      }
    }
    throw new IOException("no two free ports side by side");
  }

  private static boolean isFree(int port) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (DatagramSocket datagrams = new DatagramSocket(address);
        ServerSocket connections = new ServerSocket(port, 1, address.getAddress())) {
      return datagrams.isBound() && connections.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /** Pings the server (RFC 7252, Section 4.3) until it answers. */
  public static void awaitServer(int port) throws IOException {
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
