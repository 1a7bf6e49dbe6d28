package dev.moat.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.channel.epoll.BatchedUdpSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One source port with its outstanding confirmable GETs. Every Message ID is used once: a port that
 * has used its share is replaced by a new one.
 */
final class LoadSocket implements AutoCloseable {
  /** Below 65,536 distinct Message IDs within EXCHANGE_LIFETIME. */
  static final int MESSAGES_PER_PORT = 60_000;

  private static final int SLOT = 128;
  private static final long RESEND_NANOS = 1_000_000_000L;
  private static final byte[] PATH = "hello".getBytes(StandardCharsets.US_ASCII);

  private final BatchedUdpSocket socket;
  private final int outstanding;
  private final int expectedCode;
  private final long[] sentNanos = new long[MESSAGES_PER_PORT];
  private final int[] resends;
  private int next;
  private int inFlight;
  private long unexpected;
  private long lastAnswerNanos;

  LoadSocket(InetSocketAddress server, int outstanding, int expectedCode) throws IOException {
    this.expectedCode = expectedCode;
    this.outstanding = outstanding;
    this.socket = new BatchedUdpSocket(server, Math.min(outstanding, 64), SLOT);
    this.resends = new int[outstanding];
    this.lastAnswerNanos = System.nanoTime();
  }

  /** True when every Message ID was used and answered. */
  boolean isSpent() {
    return next == MESSAGES_PER_PORT && inFlight == 0;
  }

  /** Datagrams that were no 2.05. */
  long unexpected() {
    return unexpected;
  }

  /** Takes answers; gives how many requests they concluded. */
  int receive(LatencyHistogram latencies) throws IOException {
    int received;
    try {
      received = socket.receive();
    } catch (IOException refused) {
      return 0; // the server is not up yet: an ICMP error reaches a connected socket
    }
    if (received == 0) {
      return 0;
    }
    long now = System.nanoTime();
    lastAnswerNanos = now;
    int concluded = 0;
    ByteBuf in = socket.in();
    for (int i = 0; i < received; i++) {
      int messageId = in.getUnsignedShort(i * SLOT + 2);
      if (in.getUnsignedByte(i * SLOT + 1) != expectedCode) {
        unexpected++;
      }
      if (messageId < MESSAGES_PER_PORT && sentNanos[messageId] != 0) {
        latencies.record(now - sentNanos[messageId]);
        sentNanos[messageId] = 0;
        inFlight--;
        concluded++;
      }
    }
    return concluded;
  }

  /** Sends new requests up to the number outstanding, at most {@code quota}; gives how many. */
  int fill(int quota) throws IOException {
    int wanted = Math.min(Math.min(outstanding - inFlight, socket.batch()), quota);
    wanted = Math.min(wanted, MESSAGES_PER_PORT - next);
    if (wanted <= 0) {
      return 0;
    }
    int octets = 0;
    for (int i = 0; i < wanted; i++) {
      octets = write(i, next + i);
    }
    int taken = sendQuietly(wanted, octets);
    long now = System.nanoTime();
    for (int i = 0; i < taken; i++) {
      sentNanos[next + i] = now;
    }
    next += taken;
    inFlight += taken;
    return taken;
  }

  /** Repeats what is lost when nothing came for a second; gives how many. */
  int resend() throws IOException {
    long now = System.nanoTime();
    if (inFlight == 0 || now - lastAnswerNanos < RESEND_NANOS) {
      return 0;
    }
    lastAnswerNanos = now;
    int lost = 0;
    for (int id = 0; id < next && lost < resends.length; id++) {
      if (sentNanos[id] != 0) {
        resends[lost++] = id;
      }
    }
    for (int i = 0; i < lost; i++) {
      int octets = write(0, resends[i]);
      int unused = sendQuietly(1, octets);
    }
    Arrays.fill(resends, 0);
    return lost;
  }

  private int sendQuietly(int count, int octets) throws IOException {
    try {
      return Math.max(0, socket.send(count, octets));
    } catch (IOException refused) {
      return 0;
    }
  }

  /** CON GET /hello with a token of 4 octets. */
  private int write(int slot, int messageId) {
    ByteBuf out = socket.out();
    int at = slot * SLOT;
    out.setByte(at, 0x44);
    out.setByte(at + 1, 1);
    out.setShort(at + 2, messageId);
    out.setInt(at + 4, messageId * 7 + 1);
    out.setByte(at + 8, 0xb0 | PATH.length);
    out.setBytes(at + 9, PATH);
    return 9 + PATH.length;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
