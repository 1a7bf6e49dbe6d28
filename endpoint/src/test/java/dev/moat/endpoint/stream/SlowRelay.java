package dev.moat.endpoint.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Stands between two ends of one connection and hands on every octet in a packet of its own. */
final class SlowRelay implements AutoCloseable {
  private final ServerSocket listener;
  private final InetSocketAddress target;

  SlowRelay(InetSocketAddress target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    run(this::serve);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  private void serve() throws IOException {
    try (Socket near = listener.accept();
        Socket far = new Socket()) {
      far.connect(target);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      Thread back = run(() -> copy(far, near));
      copy(near, far);
      back.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      out.write(octet);
    }
    to.shutdownOutput();
  }

  private static Thread run(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException ended) {
                // Either end may go first when the test is over.
                Thread.yield();
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private interface Work {
    void run() throws IOException;
  }
}
