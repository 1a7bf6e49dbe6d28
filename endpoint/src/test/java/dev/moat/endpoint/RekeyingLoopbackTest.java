package dev.moat.endpoint;

import static dev.moat.endpoint.Loopback.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Response;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.JdkCrypto;
import dev.moat.endpoint.stack.OscoreConfig;
import dev.moat.engine.resource.Resource;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.kudos.KudosInputs;
import dev.moat.oscore.kudos.KudosPolicy;
import dev.moat.oscore.kudos.KudosServer;
import dev.moat.oscore.kudos.KudosUpdate;
import dev.moat.oscore.rederive.Rederivation;
import dev.moat.oscore.rederive.RederivationInputs;
import dev.moat.oscore.rederive.RederivationServer;
import dev.moat.oscore.rekey.ContextOnDemand;
import dev.moat.oscore.rekey.FreshContexts;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** New security contexts over real sockets. */
@Timeout(60)
class RekeyingLoopbackTest {
  private final Crypto crypto = JdkCrypto.create();
  private final RandomSource random = new SecureRandom()::nextBytes;
  private final FreshContexts contexts = FreshContexts.inMemory(crypto);
  private final ContextTable table = new ContextTable();

  private static ContextParameters client() {
    return ContextParameters.builder(SecretBytes.copyOf(new byte[16]), Bytes.of(1), Bytes.of(2))
        .build();
  }

  private CoapServer server(OscoreConfig oscore) {
    return CoapServer.builder()
        .address(InetAddress.getLoopbackAddress())
        .port(0)
        .events(EventSink.NONE)
        .stack(stack -> stack.withOscore(oscore))
        .contexts(table)
        .securedOnly()
        .resource(
            Resource.at("/lock")
                .put(
                    request ->
                        Response.of(Code.CHANGED)
                            .withPayload(Bytes.utf8("" + request.peer().association()))))
        .start();
  }

  private static CoapClient plainClient() {
    return CoapClient.builder().events(EventSink.NONE).build();
  }

  private static String lock(CoapClient client, CoapServer server, ContextOnDemand context) {
    ClientRequest request =
        ClientRequest.of(Code.PUT, "coap://127.0.0.1:" + server.port() + "/lock")
            .payload(Bytes.utf8("lock"), 0)
            .securedBy(context);
    Response answer = response(client.send(request));
    assertThat(answer.code()).isEqualTo(Code.CHANGED);
    return answer.payload().toUtf8();
  }

  @Test
  void derivesAContextBeforeTheFirstRequest() {
    RederivationServer rederivation = new RederivationServer(table, crypto, random, contexts);
    rederivation.serve(client().reversed());
    ContextOnDemand context =
        new ContextOnDemand(
            new Rederivation(new RederivationInputs(client(), crypto, random, contexts)));
    try (CoapServer server = server(OscoreConfig.of(table).withRederivation(rederivation));
        CoapClient client = plainClient()) {
      String first = lock(client, server, context);
      assertThat(lock(client, server, context)).isEqualTo(first);
      context.renew();
      assertThat(lock(client, server, context)).isNotEqualTo(first);
    }
    assertThat(table.all()).hasSize(1);
  }

  @Test
  void updatesTheKeysOfAContext() throws Exception {
    SecurityContext old = contexts.establish(client().reversed());
    table.add(old);
    KudosServer kudos = new KudosServer(table, EventSink.NONE);
    kudos.serve(inputs(client().reversed()), old);
    ContextOnDemand context =
        new ContextOnDemand(new KudosUpdate(inputs(client())), contexts.establish(client()));
    try (CoapServer server = server(OscoreConfig.of(table).withKudos(kudos));
        CoapClient client = plainClient()) {
      String first = lock(client, server, context);
      context.renew();
      assertThat(lock(client, server, context)).isNotEqualTo(first);
    }
    assertThat(old.isClosed()).isTrue();
  }

  private KudosInputs inputs(ContextParameters latest) {
    return new KudosInputs(
        latest, Optional.empty(), KudosPolicy.recording(), crypto, random, contexts);
  }
}
