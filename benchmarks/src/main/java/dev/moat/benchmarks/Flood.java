package dev.moat.benchmarks;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Outcome;
import dev.moat.endpoint.CoapClient;
import io.netty.buffer.ByteBuf;
import io.netty.channel.epoll.BatchedUdpSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Floods a Moat server with random datagrams and shows that it still answers and that its heap is
 * where it was.
 *
 * <p>{@code Flood [DATAGRAMS [SEED]]}, a million by default. Half of them begin like a CoAP
 * message, to get further in. Ends with 1 when the server does not answer or its live heap grew by
 * more than 16 MiB.
 */
public final class Flood {
  private static final int PORT = 16_683;
  private static final int BATCH = 32;
  private static final int SLOT = 128;
  private static final long PAUSE_NANOS = 200_000;
  private static final long TOLERANCE_OCTETS = 16L << 20;

  private Flood() {}

  /** Floods. */
  public static void main(String[] args) throws IOException {
    int datagrams = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
    boolean passed;
    try (ServerProcess server = ServerProcess.start("moat", PORT);
        CoapClient client = CoapClient.create()) {
      // The tables that a flood fills are bounded: full before, full after.
      send(datagrams / 5, seed + 1);
      passed = answers(client);
      long before = server.heapOctets();
      long started = System.nanoTime();
      send(datagrams, seed);
      double seconds = (System.nanoTime() - started) / 1e9;
      passed &= answers(client);
      long grown = server.heapOctets() - before;
      passed &= grown <= TOLERANCE_OCTETS;
      System.out.printf(
          Locale.ROOT,
          "%,d datagrams in %.1f s, seed %d: live heap was %,d octets, grew by %,d; %s%n",
          datagrams,
          seconds,
          seed,
          before,
          grown,
          passed ? "the server answers" : "FAILED");
    }
    System.exit(passed ? 0 : 1);
  }

  private static boolean answers(CoapClient client) {
    Outcome outcome = client.get("coap://127.0.0.1:" + PORT + "/hello");
    return outcome.fold(
        responded -> responded.response().code() == Code.CONTENT, n -> false, u -> false);
  }

  private static void send(int datagrams, long seed) throws IOException {
    Random random = new Random(seed);
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT);
    try (BatchedUdpSocket socket = new BatchedUdpSocket(server, BATCH, SLOT)) {
      byte[] noise = new byte[SLOT];
      for (int sent = 0; sent < datagrams; ) {
        int octets = random.nextInt(SLOT);
        ByteBuf out = socket.out();
        for (int i = 0; i < BATCH; i++) {
          random.nextBytes(noise);
          if (random.nextBoolean()) {
            noise[0] = (byte) (0x40 | (noise[0] & 0x38));
          }
          out.setBytes(i * SLOT, noise);
        }
        sent += Math.max(0, socket.send(BATCH, octets));
        int unread = socket.receive(); // what it answers is of no interest
        // At a pace that the server can follow, or the kernel would drop what is to be survived.
        LockSupport.parkNanos(unread == 0 ? PAUSE_NANOS : PAUSE_NANOS / 2);
      }
    }
  }
}
