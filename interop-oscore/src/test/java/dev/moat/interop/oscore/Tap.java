package dev.moat.interop.oscore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.OptionNumber;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Forwards datagrams between one client and one server, unchanged, and remembers them. Two daemon
 * threads until {@link #close()}.
 */
final class Tap implements AutoCloseable {
  private static final int MAX_OCTETS = 65_536;

  private final SocketAddress server;
  private final DatagramSocket towardsClient;
  private final DatagramSocket towardsServer;
  private final List<Bytes> fromClient = new CopyOnWriteArrayList<>();
  private final List<Bytes> fromServer = new CopyOnWriteArrayList<>();
  private volatile @Nullable SocketAddress client;

  Tap(int serverPort) throws IOException {
    server = local(serverPort);
    towardsClient = new DatagramSocket(local(0));
    towardsServer = new DatagramSocket(local(0));
    start(towardsClient, this::toServer);
    start(towardsServer, this::toClient);
  }

  /** The loopback address that both stacks are given. */
  static InetSocketAddress local(int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
  }

  /** Where the client finds the server. */
  String uri(String path) {
    return "coap://127.0.0.1:" + towardsClient.getLocalPort() + path;
  }

  /** The requests so far, as datagrams. */
  List<Bytes> requests() {
    return fromClient.stream().filter(datagram -> decoded(datagram).code().isRequest()).toList();
  }

  /** Sends a datagram to the server from a socket of its own; the response to it. */
  Message sendAgain(Bytes datagram, int timeoutMillis) throws IOException {
    try (DatagramSocket other = new DatagramSocket(local(0))) {
      other.setSoTimeout(timeoutMillis);
      other.send(new DatagramPacket(datagram.toArray(), datagram.length(), server));
      DatagramPacket answer = new DatagramPacket(new byte[MAX_OCTETS], MAX_OCTETS);
      other.receive(answer);
      return decoded(Bytes.copyOf(answer.getData(), 0, answer.getLength()));
    }
  }

  /** Every message but the empty ones was protected, and none carries {@code secret} in clear. */
  void assertProtected(Bytes secret) {
    for (List<Bytes> side : List.of(fromClient, fromServer)) {
      List<Bytes> full = side.stream().filter(datagram -> !decoded(datagram).isEmpty()).toList();
      assertThat(full)
          .isNotEmpty()
          .allMatch(datagram -> decoded(datagram).options().has(OptionNumber.OSCORE))
          .noneMatch(datagram -> decoded(datagram).options().has(OptionNumber.URI_PATH))
          .noneMatch(datagram -> datagram.toHex().contains(secret.toHex()));
    }
  }

  /** No message shows a block option: all blocks are inside. */
  void assertNoOuterBlocks() {
    for (List<Bytes> side : List.of(fromClient, fromServer)) {
      assertThat(side)
          .hasSizeGreaterThan(1)
          .noneMatch(datagram -> decoded(datagram).options().has(OptionNumber.BLOCK1))
          .noneMatch(datagram -> decoded(datagram).options().has(OptionNumber.BLOCK2));
    }
  }

  private static Message decoded(Bytes datagram) {
    try {
      return UdpCodec.decode(datagram);
    } catch (MessageFormatException malformed) {
      throw new AssertionError(malformed);
    }
  }

  private void toServer(DatagramPacket packet) throws IOException {
    client = packet.getSocketAddress();
    fromClient.add(Bytes.copyOf(packet.getData(), 0, packet.getLength()));
    towardsServer.send(new DatagramPacket(packet.getData(), packet.getLength(), server));
  }

  private void toClient(DatagramPacket packet) throws IOException {
    fromServer.add(Bytes.copyOf(packet.getData(), 0, packet.getLength()));
    SocketAddress to = client;
    if (to != null) {
      towardsClient.send(new DatagramPacket(packet.getData(), packet.getLength(), to));
    }
  }

  private static void start(DatagramSocket socket, Forwarder forwarder) {
    Thread thread = new Thread(() -> forward(socket, forwarder), "tap");
    thread.setDaemon(true);
    thread.start();
  }

  private static void forward(DatagramSocket socket, Forwarder forwarder) {
    DatagramPacket packet = new DatagramPacket(new byte[MAX_OCTETS], MAX_OCTETS);
    while (!socket.isClosed()) {
      try {
        packet.setLength(MAX_OCTETS);
        socket.receive(packet);
        forwarder.forward(packet);
      } catch (IOException e) {
        // Closed, or the other side is gone: what matters shows in the test that runs.
      }
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
}
