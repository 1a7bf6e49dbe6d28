package dev.moat.benchmarks.transports;

import dev.moat.benchmarks.LatencyHistogram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection with its outstanding GETs (RFC 8323). */
final class TcpLoadConnection implements AutoCloseable {
  private static final byte[] CSM = {0x00, (byte) 0xe1};
  private static final int SIGNALING_CLASS = 7;
  private static final int MAX_OCTETS = 1 << 16;
  private static final int EXTENDED_LENGTH = 13;

  private final SocketChannel channel;
  private final LatencyHistogram latencies;
  private final ByteBuffer in = ByteBuffer.allocate(MAX_OCTETS);
  private final ByteBuffer out = ByteBuffer.allocate(MAX_OCTETS);
  private final long[] sentNanos;
  private long unexpected;

  /** Connects, sends its CSM, and the first {@code outstanding} requests. */
  TcpLoadConnection(
      InetSocketAddress server, Selector selector, int outstanding, LatencyHistogram latencies)
      throws IOException {
    this.latencies = latencies;
    sentNanos = new long[outstanding];
    channel = SocketChannel.open(server);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    out.put(CSM);
    for (int slot = 0; slot < outstanding; slot++) {
      request(slot);
    }
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ, this);
    flush(key);
  }

  /** Reads answers and sends a new request for each. */
  void turn(SelectionKey key) throws IOException {
    if (channel.read(in) < 0) {
      throw new IOException("the server closed the connection");
    }
    in.flip();
    while (takesOne()) {
      // One after the other.
    }
    in.compact();
    flush(key);
  }

  /** Answers that were no 2.05. */
  long unexpected() {
    return unexpected;
  }

  private void request(int slot) {
    sentNanos[slot] = System.nanoTime();
    Requests.writeFramed(out, slot);
  }

  private void flush(SelectionKey key) throws IOException {
    out.flip();
    int unused = channel.write(out);
    boolean all = !out.hasRemaining();
    out.compact();
    key.interestOps(all ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
  }

  /** Takes one message; false when there is none yet. Answers here are shorter than 269 octets. */
  private boolean takesOne() {
    if (in.remaining() < 2) {
      return false;
    }
    int first = in.get(in.position()) & 0xff;
    int length = first >> 4;
    int header = 2;
    if (length == EXTENDED_LENGTH) {
      length += in.get(in.position() + 1) & 0xff;
      header++;
    }
    int tokenOctets = first & 0xf;
    int all = header + tokenOctets + length;
    if (in.remaining() < all) {
      return false;
    }
    int at = in.position();
    int code = in.get(at + header - 1) & 0xff;
    if (code == Requests.CONTENT && tokenOctets == Integer.BYTES) {
      answered(in.getInt(at + header));
    } else if (code >> 5 != SIGNALING_CLASS) {
      unexpected++;
    }
    in.position(at + all);
    return true;
  }

  private void answered(int slot) {
    latencies.record(System.nanoTime() - sentNanos[slot]);
    request(slot);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
