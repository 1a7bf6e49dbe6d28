package dev.moat.cli.conform;

import dev.moat.coap.message.Message;
import dev.moat.coap.option.OptionNumber;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between one client and one server of this host, forwards everything, and remembers it. */
final class Tap implements AutoCloseable {
  private static final int MAX_OCTETS = 65_535;

  private final DatagramSocket socket;
  private final SocketAddress server;
  private final List<Message> passed = new CopyOnWriteArrayList<>();

  Tap(int serverPort) throws IOException {
    server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::forward, "moat-conform-tap");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  /**
   * The first request, or the first response, that passed. A challenge by Echo, which the client
   * answers by itself (RFC 9175, Section 2.3), is not the response.
   */
  Optional<Message> first(boolean request) {
    return passed.stream()
        .filter(one -> !one.options().has(OptionNumber.ECHO))
        .filter(one -> request ? one.code().isRequest() : one.code().isResponse())
        .findFirst();
  }

  private void forward() {
    SocketAddress client = server;
    try {
      while (!socket.isClosed()) {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_OCTETS], MAX_OCTETS);
        socket.receive(packet);
        boolean fromServer = packet.getSocketAddress().equals(server);
        client = fromServer ? client : packet.getSocketAddress();
        passed.add(VectorMessage.of(Loopback.octets(packet)).message());
        packet.setSocketAddress(fromServer ? client : server);
        socket.send(packet);
      }
    } catch (IOException closed) {
      // The case is over.
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
