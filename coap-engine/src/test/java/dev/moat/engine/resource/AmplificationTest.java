package dev.moat.engine.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.CoapEngine;
import dev.moat.engine.EngineConfig;
import dev.moat.engine.Output;
import dev.moat.engine.fixture.ServerBench;
import dev.moat.testkit.Seeded;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The engine's amplification guard before a real discovery (RFC 9175, Section 2.4, item 3). */
class AmplificationTest {
  private static final int FIRST_ANSWER_OCTETS = 136;

  private final CoapEngine engine =
      new CoapEngine(EngineConfig.defaults(), Seeded.random(), EventSink.NONE);
  private final ServerBench server = new ServerBench();

  /** The one datagram that answers {@code request}. */
  private Bytes answer(Request request, int messageId) {
    engine.onDatagram(
        ServerBench.CLIENT, UdpCodec.encode(confirmable(request, messageId)), false, 0);
    for (Output output = engine.poll(); output != null; output = engine.poll()) {
      if (output instanceof Output.Arrived arrived) {
        Response response = server.answer(arrived.request());
        engine.respond(arrived.exchange(), response, 0);
      } else if (output instanceof Output.Transmit transmit) {
        return transmit.datagram();
      }
    }
    throw new AssertionError("no answer");
  }

  @Test
  @Tag("AM-02")
  void discoveryGetsAChallengeFirstAndThenTheWholeAnswer() throws MessageFormatException {
    for (int i = 0; i < 20; i++) {
      server.router.add(Resource.at("/sensors/" + i).get(r -> Response.of(Code.CONTENT)));
    }
    server.router.add(WellKnownCore.of(server.router));
    Request discovery = Request.to(ServerBench.CLIENT, Code.GET, WellKnownCore.PATH);

    Bytes first = answer(discovery, 1);
    Message challenge = UdpCodec.decode(first);
    assertThat(first.length()).isLessThanOrEqualTo(FIRST_ANSWER_OCTETS);
    assertThat(challenge.code()).isEqualTo(Code.UNAUTHORIZED);

    Bytes echo = challenge.options().first(OptionNumber.ECHO).orElseThrow();
    Bytes second = answer(discovery.with(new Option(OptionNumber.ECHO, echo)), 2);
    assertThat(second.length()).isGreaterThan(FIRST_ANSWER_OCTETS);
    assertThat(UdpCodec.decode(second).code()).isEqualTo(Code.CONTENT);
  }

  @Test
  @Tag("AM-09")
  void whatAnAttackerCreatesDoesNotGrowWhatAVictimGets() {
    server.router.add(WellKnownCore.of(server.router));
    for (int i = 0; i < 40; i++) {
      String path = "/created/" + "x".repeat(100) + i;
      var unused = server.router.create(Resource.at(path).get(r -> Response.of(Code.CONTENT)));
    }
    assertThat(server.router.resources()).hasSize(3);
    Request discovery = Request.to(ServerBench.CLIENT, Code.GET, WellKnownCore.PATH);
    assertThat(server.answer(discovery).payload().length()).isGreaterThan(200);
    int in = 0;
    int out = 0;
    for (int messageId = 0; messageId < 50; messageId++) {
      Bytes datagram = UdpCodec.encode(confirmable(discovery, messageId));
      in += datagram.length();
      out += octetsSentFor(datagram);
    }
    assertThat(out).isLessThanOrEqualTo(3 * in + FIRST_ANSWER_OCTETS);
  }

  private int octetsSentFor(Bytes datagram) {
    int octets = 0;
    engine.onDatagram(ServerBench.CLIENT, datagram, false, 0);
    for (Output output = engine.poll(); output != null; output = engine.poll()) {
      if (output instanceof Output.Arrived arrived) {
        engine.respond(arrived.exchange(), server.answer(arrived.request()), 0);
      } else if (output instanceof Output.Transmit transmit) {
        octets += transmit.datagram().length();
      }
    }
    return octets;
  }

  private static Message confirmable(Request request, int messageId) {
    return new Message(
        MessageType.CON,
        messageId,
        request.method(),
        Bytes.of(messageId),
        request.options(),
        request.payload());
  }
}
