package dev.moat.conformance.interop;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.MessageType;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Forwards datagrams between one client at a time and one server, unchanged, and remembers them:
 * the evidence of what was really on the wire. Two daemon threads until {@link #close()}.
 */
final class WireTap implements Closeable {
  private static final int MOST_REMEMBERED = 4_096;

  private final DatagramSocket towardsClient;
  private final DatagramSocket towardsServer;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private volatile @Nullable SocketAddress client;

  WireTap(int serverPort) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    SocketAddress server = new InetSocketAddress(loopback, serverPort);
    towardsClient = new DatagramSocket(new InetSocketAddress(loopback, 0));
    towardsServer = new DatagramSocket(new InetSocketAddress(loopback, 0));
    start(towardsClient, packet -> forward(packet, true, server));
    start(towardsServer, packet -> forward(packet, false, client));
  }

  /** The port where the client finds the server. */
  int port() {
    return towardsClient.getLocalPort();
  }

  /** Everything so far, in order. */
  List<Seen> seen() {
    return seen;
  }

  /** What the server sent so far, in order. */
  Stream<Seen> fromServer() {
    return seen.stream().filter(datagram -> !datagram.fromClient());
  }

  /** The newest response that ends a call, which 2.31 Continue does not. */
  Seen lastResponse() {
    return fromServer()
        .filter(datagram -> datagram.code().isResponse() && datagram.code() != Code.CONTINUE)
        .reduce((older, newer) -> newer)
        .orElseThrow(() -> new AssertionError("the server sent no response: " + seen));
  }

  private void forward(DatagramPacket packet, boolean fromClient, @Nullable SocketAddress to)
      throws IOException {
    if (fromClient) {
      client = packet.getSocketAddress();
    }
    if (seen.size() < MOST_REMEMBERED) {
      seen.add(
          new Seen(
              fromClient, Bytes.copyOf(packet.getData(), packet.getOffset(), packet.getLength())));
    }
    if (to != null) {
      DatagramPacket copy = new DatagramPacket(packet.getData(), packet.getLength(), to);
      (fromClient ? towardsServer : towardsClient).send(copy);
    }
  }

  private static void start(DatagramSocket socket, Forwarder forwarder) {
    Thread thread =
        new Thread(
            () -> {
              DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
              while (!socket.isClosed()) {
                receiveOne(socket, packet, forwarder);
              }
            },
            "wire-tap");
    thread.setDaemon(true);
    thread.start();
  }

  private static void receiveOne(
      DatagramSocket socket, DatagramPacket packet, Forwarder forwarder) {
    try {
      packet.setLength(65_536);
      socket.receive(packet);
      forwarder.forward(packet);
    } catch (IOException e) {
      // Closed, or the other side is gone: what matters shows in the case that runs.
    }
  }

  @Override
  public void close() {
    towardsClient.close();
    towardsServer.close();
  }

  /** What is done with a datagram. */
  private interface Forwarder {
    void forward(DatagramPacket packet) throws IOException;
  }

  /** One datagram. Only the fixed header is read (RFC 7252, Section 3). */
  record Seen(boolean fromClient, Bytes datagram) {
    MessageType type() {
      return MessageType.ofBits(datagram.at(0) >> 4);
    }

    Code code() {
      return Code.ofOctet(datagram.at(1));
    }

    /** True when the payload is, or at least ends with, {@code text}. */
    boolean endsWith(String text) {
      return datagram.toHex().endsWith(Bytes.utf8(text).toHex());
    }

    @Override
    public String toString() {
      return (fromClient ? "> " : "< ") + type() + " " + code() + " " + datagram.length();
    }
  }
}
