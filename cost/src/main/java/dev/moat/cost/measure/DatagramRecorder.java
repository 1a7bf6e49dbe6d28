package dev.moat.cost.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between clients and one server on the loopback interface, passes every datagram on as it
 * is, and keeps a copy. One thread for any number of paths; thread-safe.
 *
 * <p>It changes nothing, delays nothing on purpose and drops nothing of the two ends it knows.
 */
public final class DatagramRecorder implements AutoCloseable {
  /** The most datagrams kept on one path. */
  public static final int MAX_DATAGRAMS = 1024;

  /** The most octets kept on one path. */
  public static final int MAX_OCTETS = 1 << 20;

  /** More than UDP carries. */
  private static final int BUFFER_OCTETS = 1 << 16;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final InetSocketAddress server;
  private final Selector selector;
  private final List<RecordedPath> paths = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Begins to pass on.
   *
   * @param server where datagrams go to, on the loopback interface
   * @throws IllegalArgumentException for any other address
   * @throws UncheckedIOException when no selector can be opened
   */
  public DatagramRecorder(InetSocketAddress server) {
    if (server.isUnresolved() || !server.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException("records on the loopback interface only, not " + server);
    }
    this.server = server;
    try {
      this.selector = Selector.open();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    this.thread = new Thread(this::run, "moat-recorder");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Opens a way to the server for one client.
   *
   * @throws UncheckedIOException when it cannot be opened
   */
  public RecordedPath path() {
    try {
      RecordedPath path = new RecordedPath(server);
      paths.add(path);
      register(path.front(), path, path::fromClient);
      register(path.back(), path, path::fromServer);
      selector.wakeup();
      return path;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void register(DatagramChannel channel, RecordedPath path, Turn turn) throws IOException {
    var unused = channel.register(selector, SelectionKey.OP_READ, new Way(path, turn));
  }

  private void run() {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_OCTETS);
    while (!closed) {
      try {
        var unused = selector.select(key -> ready(key, buffer));
      } catch (ClosedSelectorException ended) {
        return;
      } catch (IOException failed) {
        paths.forEach(path -> path.broken("the recorder ended: " + failed));
        return;
      }
    }
  }

  private static void ready(SelectionKey key, ByteBuffer buffer) {
    Way way = (Way) key.attachment();
    try {
      way.turn.pass(buffer);
    } catch (IOException | CancelledKeyException failed) {
      key.cancel();
      way.path.broken("a datagram could not be passed on: " + failed);
    }
  }

  /** Closes all sockets and ends the thread; what was kept stays to be asked for. */
  @Override
  public void close() {
    closed = true;
    try {
      selector.close();
      for (RecordedPath path : paths) {
        path.close();
      }
      thread.join(PATIENCE.toMillis());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    }
  }

  /** Passes on what one socket has received. */
  @FunctionalInterface
  private interface Turn {
    void pass(ByteBuffer buffer) throws IOException;
  }

  private record Way(RecordedPath path, Turn turn) {}
}
