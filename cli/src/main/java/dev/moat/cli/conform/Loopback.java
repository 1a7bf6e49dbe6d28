package dev.moat.cli.conform;

import dev.moat.bytes.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.Optional;

/** A bare UDP socket on this host, which sends and receives what a vector says. */
final class Loopback implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 5000;
  private static final int MAX_OCTETS = 65_535;

  private final DatagramSocket socket;

  Loopback() {
    try {
      socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
      socket.setSoTimeout(PATIENCE_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  void send(Bytes octets, SocketAddress to) {
    try {
      socket.send(new DatagramPacket(octets.toArray(), octets.length(), to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next datagram; nothing when none comes in some seconds. */
  Optional<DatagramPacket> receive() {
    DatagramPacket packet = new DatagramPacket(new byte[MAX_OCTETS], MAX_OCTETS);
    try {
      socket.receive(packet);
      return Optional.of(packet);
    } catch (SocketTimeoutException silence) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Bytes octets(DatagramPacket packet) {
    return Bytes.copyOf(packet.getData(), 0, packet.getLength());
  }

  @Override
  public void close() {
    socket.close();
  }
}
