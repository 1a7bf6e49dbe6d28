package dev.moat.conformance.interop.transport;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Forwards the datagrams of one client to a server, from an address that {@link #rebind} changes as
 * a network address translator does that has forgotten the client, and does to them what an {@link
 * OnPath} says. Daemon threads until {@link #close()}.
 */
final class Nat implements Closeable {
  private static final int MAX_OCTETS = 65_536;

  private final InetSocketAddress server;
  private final DatagramSocket inside;
  private final List<Integer> contentTypes = new CopyOnWriteArrayList<>();
  private final List<byte[]> seen = new CopyOnWriteArrayList<>();
  private volatile OnPath onPath = (fromClient, datagram) -> List.of(datagram);
  private volatile DatagramSocket outside;
  private volatile @Nullable SocketAddress client;

  Nat(int serverPort) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    server = new InetSocketAddress(loopback, serverPort);
    inside = new DatagramSocket(new InetSocketAddress(loopback, 0));
    outside = open();
    run(inside, this::towardsServer);
  }

  private DatagramSocket open() throws IOException {
    DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    run(socket, this::towardsClient);
    return socket;
  }

  /** Where the client finds the server. */
  int port() {
    return inside.getLocalPort();
  }

  /** The content types of the client's DTLS records, in their order, the first of each datagram. */
  List<Integer> contentTypes() {
    return contentTypes;
  }

  /** Every datagram, both ways, in order. */
  List<byte[]> seen() {
    return seen;
  }

  /** From now on this decides what arrives. */
  void meddle(OnPath attacker) {
    onPath = attacker;
  }

  /** Delivers a datagram to the server, as if it came from the client, or the other way. */
  void deliver(boolean fromClient, byte[] datagram) throws IOException {
    SocketAddress to = fromClient ? server : client;
    if (to != null) {
      (fromClient ? outside : inside).send(new DatagramPacket(datagram, datagram.length, to));
    }
  }

  /** From now on the client has another address; what comes to the old one is lost. */
  void rebind() throws IOException {
    DatagramSocket old = outside;
    outside = open();
    old.close();
  }

  private void towardsServer(DatagramPacket packet) throws IOException {
    client = packet.getSocketAddress();
    contentTypes.add((int) packet.getData()[0]);
    pass(true, packet);
  }

  private void towardsClient(DatagramPacket packet) throws IOException {
    pass(false, packet);
  }

  private void pass(boolean fromClient, DatagramPacket packet) throws IOException {
    byte[] datagram = Arrays.copyOf(packet.getData(), packet.getLength());
    seen.add(datagram);
    for (byte[] passed : onPath.pass(fromClient, datagram)) {
      deliver(fromClient, passed);
    }
  }

  private static void run(DatagramSocket socket, Forwarding forwarding) {
    Thread thread =
        new Thread(
            () -> {
              DatagramPacket packet = new DatagramPacket(new byte[MAX_OCTETS], MAX_OCTETS);
              while (!socket.isClosed()) {
                forwardOne(socket, packet, forwarding);
              }
            },
            "nat");
    thread.setDaemon(true);
    thread.start();
  }

  private static void forwardOne(
      DatagramSocket socket, DatagramPacket packet, Forwarding forwarding) {
    try {
      packet.setLength(MAX_OCTETS);
      socket.receive(packet);
      forwarding.forward(packet);
    } catch (IOException e) {
      // Closed, or the other side is gone: what matters shows in the test that runs.
    }
  }

  @Override
  public void close() {
    inside.close();
    outside.close();
  }

  /** An attacker on the path, who sees direction, order and octets. */
  interface OnPath {
    /** What is to arrive in place of this datagram, now. */
    List<byte[]> pass(boolean fromClient, byte[] datagram);
  }

  private interface Forwarding {
    void forward(DatagramPacket packet) throws IOException;
  }
}
