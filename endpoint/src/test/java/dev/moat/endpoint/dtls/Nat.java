package dev.moat.endpoint.dtls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A box between clients and a server, one thread for any number of paths. Each path has a front
 * that one client knows as the server, and a back that the server knows as that client; the back
 * may change its port. What goes through may be tampered with.
 */
final class Nat implements AutoCloseable {
  /** What is done to a datagram. */
  @FunctionalInterface
  interface Tamper {
    /** What to forward instead, in this order. */
    List<byte[]> apply(boolean toServer, byte[] datagram);
  }

  private final Selector selector;
  private final InetSocketAddress server;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final List<Path> paths = new ArrayList<>();
  private final Thread thread;
  private volatile Tamper tamper = (toServer, datagram) -> List.of(datagram);
  private volatile boolean closed;

  Nat(InetSocketAddress server) {
    try {
      this.server = server;
      this.selector = Selector.open();
      this.thread = new Thread(this::run, "test-nat");
      thread.setDaemon(true);
      thread.start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Tampers with all that comes from now on. */
  void tamper(Tamper next) {
    tamper = next;
  }

  /** A new way to the server. */
  Path path() {
    return onThread(
        () -> {
          Path path = new Path();
          paths.add(path);
          return path;
        });
  }

  private <T> T onThread(java.util.concurrent.Callable<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    tasks.add(
        () -> {
          try {
            result.complete(task.call());
          } catch (Exception failed) {
            result.completeExceptionally(failed);
          }
        });
    selector.wakeup();
    return result.join();
  }

  private void run() {
    ByteBuffer buffer = ByteBuffer.allocate(4096);
    while (!closed) {
      try {
        selector.select(
            key -> {
              try {
                ((Way) key.attachment()).ready(buffer);
              } catch (IOException gone) {
                key.cancel();
              }
            });
      } catch (IOException gone) {
        return;
      }
      for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
        next.run();
      }
    }
  }

  @Override
  public void close() {
    onThread(
        () -> {
          for (Path path : paths) {
            path.front.close();
            path.back.close();
          }
          closed = true;
          return null;
        });
    try {
      thread.join(2000);
      selector.close();
    } catch (InterruptedException | IOException late) {
      throw new AssertionError(late);
    }
  }

  private DatagramChannel open(Way way) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, way);
    return channel;
  }

  @FunctionalInterface
  private interface Way {
    void ready(ByteBuffer buffer) throws IOException;
  }

  /** One client's way to the server. */
  final class Path {
    private final DatagramChannel front;
    private DatagramChannel back;
    private @Nullable InetSocketAddress client;

    private Path() throws IOException {
      front = open(this::fromClient);
      back = open(this::fromServer);
    }

    /** What the client takes for the server. */
    InetSocketAddress address() {
      return local(front);
    }

    /** What the server takes for the client. */
    InetSocketAddress seenByServer() {
      return onThread(() -> local(back));
    }

    /** The server sees another port from now on. */
    void rebind() {
      onThread(
          () -> {
            back.close();
            back = open(this::fromServer);
            return null;
          });
    }

    /** Sends octets of our own to the server, as if from the client. */
    void inject(byte[] datagram) {
      onThread(() -> back.send(ByteBuffer.wrap(datagram), server));
    }

    /** Sends octets of our own to the client, as if from the server. */
    void toClient(byte[] datagram) {
      onThread(() -> client == null ? 0 : front.send(ByteBuffer.wrap(datagram), client));
    }

    private void fromClient(ByteBuffer buffer) throws IOException {
      for (byte[] datagram = receive(front, buffer, true);
          datagram != null;
          datagram = receive(front, buffer, true)) {
        for (byte[] each : tamper.apply(true, datagram)) {
          back.send(ByteBuffer.wrap(each), server);
        }
      }
    }

    private void fromServer(ByteBuffer buffer) throws IOException {
      for (byte[] datagram = receive(back, buffer, false);
          datagram != null;
          datagram = receive(back, buffer, false)) {
        for (byte[] each : tamper.apply(false, datagram)) {
          if (client != null) {
            front.send(ByteBuffer.wrap(each), client);
          }
        }
      }
    }

    private byte @Nullable [] receive(DatagramChannel from, ByteBuffer buffer, boolean ofClient)
        throws IOException {
      buffer.clear();
      InetSocketAddress sender = (InetSocketAddress) from.receive(buffer);
      if (sender == null) {
        return null;
      }
      if (ofClient) {
        client = sender;
      }
      byte[] datagram = new byte[buffer.flip().remaining()];
      buffer.get(datagram);
      return datagram;
    }

    private InetSocketAddress local(DatagramChannel channel) {
      try {
        return (InetSocketAddress) channel.getLocalAddress();
      } catch (IOException gone) {
        throw new UncheckedIOException(gone);
      }
    }
  }
}
