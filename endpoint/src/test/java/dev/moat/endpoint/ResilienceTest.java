package dev.moat.endpoint;

import static dev.moat.endpoint.Loopback.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Response;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ResilienceTest {
  private static final long SEED = 20_260_101;
  private static final int DATAGRAMS = 200_000;
  private static final long HEAP_TOLERANCE_OCTETS = 24L << 20;

  @Test
  void answersAfterAFloodOfRandomDatagramsWithTheHeapWhereItWas() throws IOException {
    try (Loopback loopback = new Loopback()) {
      flood(loopback.server.port(), 20_000);
      assertAnswers(loopback);
      long before = usedHeapOctets();
      flood(loopback.server.port(), DATAGRAMS);
      assertAnswers(loopback);
      assertThat(usedHeapOctets() - before)
          .as("heap growth, seed " + SEED)
          .isLessThan(HEAP_TOLERANCE_OCTETS);
    }
  }

  @Test
  void leavesNoThreadAndNoPortBehind() {
    Loopback loopback = new Loopback();
    int port = loopback.server.port();
    try {
      assertAnswers(loopback);
    } finally {
      loopback.close();
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(
            thread ->
                thread.getName().startsWith("loopback-test")
                    || thread.getName().startsWith("moat-"));
    try (CoapServer again = loopback.server(port).start();
        CoapClient client = CoapClient.create()) {
      assertThat(again.port()).isEqualTo(port);
      assertThat(response(client.get("coap://127.0.0.1:" + port + "/hello")).code())
          .isEqualTo(Code.CONTENT);
    }
  }

  private static void assertAnswers(Loopback loopback) {
    Response answer = response(loopback.client.get(loopback.uri("/hello")));
    assertThat(answer.payload().toUtf8()).isEqualTo("hi");
  }

  /** Half of it noise, half of it with a plausible first octet, so that it gets further in. */
  private static void flood(int port, int datagrams) throws IOException {
    Random random = new Random(SEED);
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (DatagramSocket socket = new DatagramSocket()) {
      for (int i = 0; i < datagrams; i++) {
        byte[] noise = new byte[random.nextInt(80)];
        random.nextBytes(noise);
        if (noise.length > 0 && random.nextBoolean()) {
          noise[0] = (byte) (0x40 | noise[0] & 0x38);
        }
        socket.send(new DatagramPacket(noise, noise.length, loopback, port));
      }
    }
  }

  private static long usedHeapOctets() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
