package dev.moat.conformance.flood;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Response;
import dev.moat.endpoint.CoapClient;
import dev.moat.endpoint.CoapServer;
import dev.moat.engine.EngineLimits;
import dev.moat.engine.resource.Resource;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.InsecureSeededRandom;
import dev.moat.testkit.UdpMessageCase;
import dev.moat.testkit.Vectors;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A server among a million datagrams that nobody meant: it answers, and its heap is where it was.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class FloodTest {
  private static final int DATAGRAMS = 1_000_000;
  private static final long MEBIBYTE = 1L << 20;

  private final Arbitrary arbitrary = new Arbitrary(new InsecureSeededRandom(1_000_000));
  private CoapServer server;
  private CoapClient client;
  private Flood flood;

  @BeforeEach
  void startsAServer() throws Exception {
    server =
        CoapServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .events(EventSink.NONE)
            .resource(
                Resource.at("/temperature")
                    .get(request -> Response.text(Code.CONTENT, "22.5 C"))
                    .put(request -> Response.of(Code.CHANGED))
                    .notAnActuator("a flood of PUTs is to reach the handler"))
            .start();
    client = CoapClient.create();
    flood = new Flood(server.port());
  }

  @AfterEach
  void stops() {
    flood.close();
    client.close();
    server.close();
  }

  @Test
  void staysWhereItWasAfterAMillionRandomDatagrams() throws Exception {
    assertThatItAnswers();
    flood.send(10_000, Flood.random(arbitrary)); // classes are loaded, buffers are pooled
    long before = usedOctets();
    flood.send(DATAGRAMS, Flood.random(arbitrary));
    assertThat(usedOctets() - before).as("octets of heap kept").isLessThan(4 * MEBIBYTE);
    assertThatItAnswers();
    assertThat(flood.lostPings()).as("batches that went unanswered").isLessThan(20);
  }

  /** These make it to the resources and into the memory for de-duplication, which has a bound. */
  @Test
  void staysWithinItsBoundsAmongMutationsOfValidMessages() throws Exception {
    assertThatItAnswers();
    long before = usedOctets();
    flood.send(DATAGRAMS, mutations());
    long bound = EngineLimits.defaults().dedupOctetsPerPeer() + 4 * MEBIBYTE;
    assertThat(usedOctets() - before).as("octets of heap kept").isLessThan(bound);
    assertThatItAnswers();
    assertThat(flood.lostPings()).as("batches that went unanswered").isLessThan(20);
  }

  /** The messages of the vectors, each with a Message ID of its own, every other one damaged. */
  private Supplier<Bytes> mutations() {
    List<Bytes> valid = Vectors.udpMessages().stream().map(UdpMessageCase::message).toList();
    return () -> {
      Bytes message = arbitrary.pick(valid);
      if (message.length() >= 4) {
        Bytes rest = message.slice(4, message.length());
        message = message.slice(0, 2).plus(arbitrary.random().bytes(2)).plus(rest);
      }
      return arbitrary.chance(50) ? arbitrary.damaged(message) : message;
    };
  }

  private void assertThatItAnswers() {
    Outcome outcome = client.get("coap://127.0.0.1:" + server.port() + "/temperature");
    assertThat(outcome).isInstanceOf(Outcome.Responded.class);
    assertThat(((Outcome.Responded) outcome).response().payload().toUtf8()).isEqualTo("22.5 C");
  }

  private static long usedOctets() throws InterruptedException {
    for (int round = 0; round < 3; round++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
