package dev.moat.engine;

import static dev.moat.engine.Driver.ALICE;
import static dev.moat.engine.Driver.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Response;
import dev.moat.testkit.InsecureSeededRandom;
import org.junit.jupiter.api.Test;

class FloodTest {
  private static final long MILLISECOND = 1_000_000L;

  private final EngineLimits limits =
      EngineLimits.defaults()
          .withDedup(20_000, 4 << 20)
          .withDedupPerPeer(5_000, 1 << 20)
          .withPeers(3_000);
  private final InsecureSeededRandom random = new InsecureSeededRandom(11);
  private final CoapEngine engine =
      new CoapEngine(EngineConfig.defaults().withLimits(limits), random, event -> {});
  private long now;

  /** Answers everything and gives the number of datagrams that went out. */
  private int serve() {
    int sent = 0;
    for (Output o = engine.poll(); o != null; o = engine.poll()) {
      if (o instanceof Output.Arrived arrived) {
        engine.respond(arrived.exchange(), Response.text(Code.CONTENT, "22.5"), now);
      } else if (o instanceof Output.Transmit) {
        sent++;
      }
    }
    return sent;
  }

  private Peer anyPeer() {
    return new Peer(0, 0xffff_0a00_0000L | random.below(1 << 20), random.below(65_536), 0, 0);
  }

  private void assertBounded() {
    EngineLoad load = engine.load();
    assertThat(load.dedupEntries()).isLessThanOrEqualTo(20_000);
    assertThat(load.dedupOctets()).isLessThanOrEqualTo(4 << 20);
    assertThat(load.peers()).isLessThanOrEqualTo(3_000);
    assertThat(load.addresses()).isLessThanOrEqualTo(2 * 16_384);
    assertThat(load.openRequests()).isLessThanOrEqualTo(limits.openRequests());
  }

  @Test
  void aMillionRandomDatagramsLeaveTheTablesBoundedAndTheServerAnswering() {
    byte[] noise = new byte[24];
    for (int i = 0; i < 1_000_000; i++) {
      random.fill(noise);
      if (i % 4 != 0) {
        noise[0] = (byte) (0x40 | noise[0] & 0x33); // version 1, short token: reaches further
      }
      Bytes datagram = Bytes.copyOf(noise, 0, random.below(noise.length));
      engine.onDatagram(anyPeer(), datagram, i % 64 == 0, now);
      serve();
      now += MILLISECOND / 100;
      if (engine.nextTimeoutNanos() - now <= 0) {
        engine.onTimeout(now);
        serve();
      }
      if (i % 50_000 == 0) {
        assertBounded();
      }
    }
    assertBounded();
    assertStillAnswering();
  }

  @Test
  void aMillionRequestsLeaveTheTablesBoundedAndTheServerAnswering() {
    for (int i = 0; i < 1_000_000; i++) {
      MessageType type = i % 3 == 0 ? MessageType.NON : MessageType.CON;
      engine.onDatagram(anyPeer(), UdpCodec.encode(get(type, i & 0xffff, 1)), false, now);
      serve();
      now += MILLISECOND / 100;
      if (i % 50_000 == 0) {
        engine.onTimeout(now);
        serve();
        assertBounded();
      }
    }
    assertBounded();
    assertStillAnswering();
  }

  @Test
  void everythingIsForgottenInTheEnd() {
    for (int i = 0; i < 1_000; i++) {
      engine.onDatagram(anyPeer(), UdpCodec.encode(get(MessageType.NON, i, 1)), false, now);
      serve();
    }
    while (engine.nextTimeoutNanos() != Long.MAX_VALUE) {
      now = engine.nextTimeoutNanos();
      engine.onTimeout(now);
      serve();
    }
    assertThat(engine.load()).isEqualTo(new EngineLoad(0, 0, 0, 0, 0, 0, 0, 0));
  }

  private void assertStillAnswering() {
    engine.onDatagram(ALICE, UdpCodec.encode(get(MessageType.CON, 1, 1)), false, now);
    assertThat(serve()).isEqualTo(1);
  }
}
