package dev.moat.conformance.interop.transport;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Forwards connections to a server and remembers what went by; from {@link #flip} on it changes the
 * last bit of every piece of a stream that the client sends. Daemon threads until {@link #close()}.
 */
final class StreamRelay implements Closeable {
  private static final int PIECE_OCTETS = 1 << 16;

  private final ServerSocket listening;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<byte[]> seen = new CopyOnWriteArrayList<>();
  private volatile boolean flips;

  StreamRelay(int serverPort) throws IOException {
    listening = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    daemon(
        () -> {
          while (!listening.isClosed()) {
            join(listening.accept(), new Socket(InetAddress.getLoopbackAddress(), serverPort));
          }
        });
  }

  /** Where the client finds the server. */
  int port() {
    return listening.getLocalPort();
  }

  /** Every piece of a stream, both ways. */
  List<byte[]> seen() {
    return seen;
  }

  /** From now on nothing that the client sends arrives as it was. */
  void flip() {
    flips = true;
  }

  private void join(Socket client, Socket server) {
    sockets.addAll(List.of(client, server));
    daemon(() -> pump(client, server, true));
    daemon(() -> pump(server, client, false));
  }

  private void pump(Socket from, Socket to, boolean fromClient) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] piece = new byte[PIECE_OCTETS];
    for (int octets = in.read(piece); octets >= 0; octets = in.read(piece)) {
      seen.add(Arrays.copyOf(piece, octets));
      if (flips && fromClient) {
        piece[octets - 1] ^= 1;
      }
      out.write(piece, 0, octets);
      out.flush();
    }
    to.shutdownOutput();
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // Closed by one of the ends: what matters shows in the test that runs.
              }
            },
            "stream-relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private interface Work {
    void run() throws IOException;
  }
}
