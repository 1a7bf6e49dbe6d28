package dev.moat.endpoint.stream;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.endpoint.stack.StreamProtocol;
import dev.moat.engine.stream.Connection;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that says "hi" and sends back what comes, or a client that only listens; both remember
 * what they were told. Three texts are orders: "fault" throws, "bye" has the connection closed,
 * "flood" sends a mebibyte.
 */
final class EchoProtocol implements StreamProtocol {
  static final int FLOOD_OCTETS = 1 << 20;

  final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  final Map<Peer, Connection> connections = new ConcurrentHashMap<>();
  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  volatile int maxMessageOctets = Integer.MAX_VALUE;
  private final boolean server;
  private final Queue<Runnable> out = new ArrayDeque<>();
  private Outgoing to;

  private EchoProtocol(boolean server) {
    this.server = server;
  }

  static EchoProtocol server() {
    return new EchoProtocol(true);
  }

  static EchoProtocol client() {
    return new EchoProtocol(false);
  }

  /** What was told next; fails when nothing is within ten seconds. */
  String next() throws InterruptedException {
    String text = told.poll(10, TimeUnit.SECONDS);
    if (text == null) {
      throw new AssertionError("nothing more was told");
    }
    return text;
  }

  @Override
  public int maxMessageOctets() {
    return maxMessageOctets;
  }

  /** On the loop. */
  void send(Peer peer, Bytes octets) {
    out.add(() -> to.send(peer, octets));
  }

  /** On the loop. */
  void disconnect(Peer peer) {
    out.add(() -> to.disconnect(peer));
  }

  @Override
  public void onConnected(Peer peer, Connection connection, long nowNanos) {
    opened.incrementAndGet();
    connections.put(peer, connection);
    if (server) {
      send(peer, Bytes.utf8("hi"));
    } else {
      told.add("connected " + connection.security() + " " + connection.identity().words());
    }
  }

  @Override
  public void onOctets(Peer from, Bytes octets, long nowNanos) {
    String text = octets.isUtf8() && octets.length() < 100 ? octets.toUtf8() : "";
    if (!server) {
      told.add(text.isEmpty() ? octets.length() + " octets" : text);
      return;
    }
    switch (text) {
      case "fault" -> throw new IllegalStateException("planted");
      case "bye" -> {
        send(from, Bytes.utf8("farewell"));
        disconnect(from);
      }
      case "flood" -> send(from, Bytes.owned(new byte[FLOOD_OCTETS]));
      default -> send(from, octets);
    }
  }

  @Override
  public void onWritable(Peer peer, boolean writable, long nowNanos) {
    told.add("writable " + writable);
  }

  @Override
  public void onClosed(Peer peer, long nowNanos) {
    closed.incrementAndGet();
    if (connections.remove(peer) == null) {
      told.add("closed twice");
    }
    told.add("closed");
  }

  @Override
  public boolean isEstablished(Peer peer) {
    return true;
  }

  @Override
  public void onTimeout(long nowNanos) {}

  @Override
  public long nextTimeoutNanos() {
    return Long.MAX_VALUE;
  }

  @Override
  public void drainTo(Outgoing outgoing) {
    to = outgoing;
    for (Runnable next = out.poll(); next != null; next = out.poll()) {
      next.run();
    }
  }

  @Override
  public void close(long nowNanos) {
    connections.keySet().forEach(this::disconnect);
  }
}
