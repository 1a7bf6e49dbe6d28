package dev.moat.cli.edhoc;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Passes datagrams on between one client and a server, and counts the client's. */
final class Datagrams implements AutoCloseable {
  private final DatagramSocket socket;
  private final InetSocketAddress server;
  private final AtomicInteger ofClient = new AtomicInteger();
  private final Thread thread;

  /** On the way to {@code uri}. */
  Datagrams(String uri) throws IOException {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    this.socket = new DatagramSocket(0, loopback);
    this.server = new InetSocketAddress(loopback, URI.create(uri).getPort());
    this.thread = new Thread(this::relay, "datagrams");
    thread.start();
  }

  /** What the client asks instead of the server. */
  String uri(String path) {
    return "coap://127.0.0.1:" + socket.getLocalPort() + path;
  }

  int ofClient() {
    return ofClient.get();
  }

  private void relay() {
    @Nullable SocketAddress client = null;
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    try {
      while (true) {
        packet.setLength(2048);
        socket.receive(packet);
        boolean fromServer = packet.getSocketAddress().equals(server);
        if (!fromServer) {
          client = packet.getSocketAddress();
          ofClient.incrementAndGet();
        }
        packet.setSocketAddress(fromServer && client != null ? client : server);
        socket.send(packet);
      }
    } catch (IOException closed) {
      // The test is over.
      return;
    }
  }

  @Override
  public void close() {
    socket.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
