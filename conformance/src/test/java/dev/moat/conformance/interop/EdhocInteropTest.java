package dev.moat.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.EventSink;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.InitiatorStep;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.Method;
import dev.moat.endpoint.ClientRequest;
import dev.moat.endpoint.CoapClient;
import dev.moat.endpoint.CoapServer;
import dev.moat.endpoint.Edhoc;
import dev.moat.testkit.InsecureSeededRandom;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * EDHOC over CoAP where the CoAP of one end is another stack's (RFC 9528, Appendix A.2.1): its
 * client posts what our initiator says, or its server hosts our responder.
 */
@Timeout(60)
class EdhocInteropTest {
  private static final int EDHOC = 64;
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final List<EdhocSession> atServer = new CopyOnWriteArrayList<>();

  private CoapServer server() {
    return CoapServer.builder()
        .address(InetAddress.getLoopbackAddress())
        .port(0)
        .events(EventSink.NONE)
        .edhoc(
            EdhocServerConfig.builder(EdhocPair.responder(), EdhocPair.rules())
                .sessions((peer, session) -> atServer.add(session))
                .build())
        .start();
  }

  /** Two POSTs by {@code poster}, the answers to which our initiator verifies. */
  private void assertServes(EdhocPoster poster) throws Exception {
    try (CoapServer server = server();
        WireTap tap = new WireTap(server.port());
        InitiatorRun run =
            InitiatorRun.begin(
                EdhocPair.initiator(),
                Method.DH_DH,
                ConnectionId.of(0x0e),
                new InsecureSeededRandom(13))) {
      Bytes message2 = answerTo(poster.post(tap, Bytes.of(0xf5).plus(run.message1())));
      InitiatorStep step = run.onMessage2(message2, NOW);
      assertThat(step).isInstanceOf(InitiatorStep.SendMessage3.class);
      InitiatorStep.SendMessage3 third = (InitiatorStep.SendMessage3) step;
      Bytes cR = third.session().cR().encoded();
      Bytes message4 = answerTo(poster.post(tap, cR.plus(third.message3())));
      assertThat(run.onMessage4(message4)).isInstanceOf(InitiatorStep.Completed.class);
      assertThat(atServer).hasSize(1);
      assertThat(EdhocPair.secret(atServer.get(0))).isEqualTo(EdhocPair.secret(third.session()));
    }
  }

  private static Bytes answerTo(EdhocPoster.Posted posted) {
    assertThat(posted.code()).isEqualTo(Code.CHANGED);
    assertThat(posted.contentFormat()).isEqualTo(EDHOC);
    return posted.payload();
  }

  @Test
  @Tag("LK-013")
  void servesACaliforniumClient() throws Exception {
    assertServes(EdhocPoster::byCalifornium);
  }

  @Test
  @Tag("LK-013")
  void servesALibcoapClient() throws Exception {
    Stack.LIBCOAP.assumeInstalled();
    assertServes(EdhocPoster::byLibcoap);
  }

  @Test
  @Tag("LK-013")
  void isServedByACaliforniumServer() {
    List<EdhocSession> atClient = new CopyOnWriteArrayList<>();
    try (CaliforniumResponder responder = new CaliforniumResponder();
        CoapClient client = CoapClient.builder().events(EventSink.NONE).build()) {
      EdhocClientConfig config =
          EdhocClientConfig.forward(EdhocPair.initiator(), EdhocPair.rules(), Method.DH_DH)
              .sessions((peer, session) -> atClient.add(session))
              .build();
      // The request itself leads nowhere: that server knows no OSCORE.
      var unused =
          client.send(
              ClientRequest.of(Code.GET, "coap://127.0.0.1:" + responder.port() + "/lock")
                  .timeout(Duration.ofSeconds(5))
                  .securedBy(Edhoc.client(config, EventSink.NONE)));
      assertThat(responder.formats()).containsExactly(65, 65);
      assertThat(responder.sessions()).hasSize(1);
      assertThat(atClient).singleElement().matches(EdhocSession::isConfirmed);
      assertThat(EdhocPair.secret(atClient.get(0)))
          .isEqualTo(EdhocPair.secret(responder.sessions().get(0)));
    }
  }
}
