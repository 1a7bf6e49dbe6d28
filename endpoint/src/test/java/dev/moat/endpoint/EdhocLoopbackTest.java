package dev.moat.endpoint;

import static dev.moat.endpoint.Loopback.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Response;
import dev.moat.edhoc.coap.HandshakeEvent;
import dev.moat.edhoc.coap.RecipientIds;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.edhoc.suite.Method;
import dev.moat.engine.resource.Resource;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.rekey.ContextOnDemand;
import java.net.InetAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** EDHOC over real sockets, and OSCORE under what comes of it. */
@Timeout(60)
class EdhocLoopbackTest {
  private final Queue<Event> events = new ConcurrentLinkedQueue<>();
  private final RecipientIds serverIds = new RecipientIds(new ContextTable());
  private final RecipientIds clientIds = new RecipientIds(new ContextTable());

  private CoapServer server() {
    return CoapServer.builder()
        .address(InetAddress.getLoopbackAddress())
        .port(0)
        .events(events::add)
        .ids(serverIds)
        .edhoc(
            EdhocServerConfig.builder(EdhocFixture.server().build(), EdhocFixture.rules())
                .reverse(Method.DH_DH)
                .build())
        .securedOnly()
        .resource(Resource.at("/lock").put(request -> Response.text(Code.CHANGED, "turned")))
        .start();
  }

  private ContextOnDemand context(EdhocClientConfig.Builder config) {
    return Edhoc.client(config.ids(clientIds).build(), EventSink.NONE);
  }

  private static EdhocClientConfig.Builder forward() {
    return EdhocClientConfig.forward(
        EdhocFixture.client().build(), EdhocFixture.rules(), Method.DH_DH);
  }

  private void turns(EdhocClientConfig.Builder config) {
    ContextOnDemand context = context(config);
    try (CoapServer server = server();
        CoapClient client = CoapClient.builder().events(EventSink.NONE).build()) {
      for (int i = 0; i < 2; i++) {
        Response answer =
            response(
                client.send(
                    ClientRequest.of(Code.PUT, "coap://127.0.0.1:" + server.port() + "/lock")
                        .payload(Bytes.utf8("0"), 0)
                        .securedBy(context)));
        assertThat(answer.payload().toUtf8()).isEqualTo("turned");
      }
    }
    assertThat(serverIds.contexts().all()).hasSize(1);
    assertThat(events).filteredOn(HandshakeEvent.Completed.class::isInstance).hasSize(1);
    assertThat(events).noneMatch(event -> event.describe().contains("challenged"));
  }

  @Test
  @Tag("LK-011")
  @Tag("LK-013")
  void runsForward() {
    turns(forward());
  }

  @Test
  @Tag("LK-011")
  void runsInReverse() {
    turns(EdhocClientConfig.reverse(EdhocFixture.client().build(), EdhocFixture.rules()));
  }

  @Test
  @Tag("LK-105")
  void runsCombined() {
    turns(forward().combined());
  }

  @Test
  @Tag("LK-012")
  void letsTheServerOfTheHandshakeAskItsClient() {
    turns(forward());
    SecurityContext atServer = serverIds.contexts().all().get(0);
    try (CoapServer device =
            CoapServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .port(0)
                .events(EventSink.NONE)
                .ids(clientIds)
                .securedOnly()
                .resource(Resource.at("/state").get(r -> Response.text(Code.CONTENT, "fine")))
                .start();
        CoapClient asking = CoapClient.builder().events(EventSink.NONE).build()) {
      Response answer =
          response(
              asking.send(
                  ClientRequest.of(Code.GET, "coap://127.0.0.1:" + device.port() + "/state")
                      .securedBy(atServer)));
      assertThat(answer.payload().toUtf8()).isEqualTo("fine");
    }
  }

  @Test
  void makesOtherKeysWithAConstantRandomSource() {
    RandomSource constant = target -> {};
    var settings = EdhocFixture.client().build();
    Bytes first = Edhoc.hedged(settings, constant).bytes(32);
    assertThat(first).isNotEqualTo(Bytes.owned(new byte[32]));
    assertThat(Edhoc.hedged(settings, constant).bytes(32)).isNotEqualTo(first);
  }
}
