package dev.moat.conformance.edhoc;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.EventSink;
import dev.moat.edhoc.coap.ContextRules;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.Method;
import dev.moat.endpoint.ClientRequest;
import dev.moat.endpoint.CoapClient;
import dev.moat.endpoint.CoapServer;
import dev.moat.endpoint.Edhoc;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A client and a server on loopback, in the forward flow. */
final class CoapCarrier {
  private CoapCarrier() {}

  static Carrier.Ending run(EdhocSettings initiator, EdhocSettings responder, Method method) {
    AtomicReference<EdhocSession> ofInitiator = new AtomicReference<>();
    AtomicReference<EdhocSession> ofResponder = new AtomicReference<>();
    ContextRules rules = ContextRules.inMemory(Cast.PRIMITIVES.symmetric());
    EdhocServerConfig server =
        EdhocServerConfig.builder(responder, rules)
            .sessions((peer, session) -> ofResponder.set(session))
            .build();
    EdhocClientConfig client =
        EdhocClientConfig.forward(initiator, rules, method)
            .impatient()
            .sessions((peer, session) -> ofInitiator.set(session))
            .build();
    try (CoapServer at =
            CoapServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .port(0)
                .events(EventSink.NONE)
                .edhoc(server)
                .start();
        CoapClient from = CoapClient.builder().events(EventSink.NONE).build()) {
      var unused =
          from.send(
              ClientRequest.of(Code.GET, "coap://127.0.0.1:" + at.port() + "/.well-known/core")
                  .timeout(Duration.ofSeconds(10))
                  .securedBy(Edhoc.client(client, EventSink.NONE)));
    }
    return new Carrier.Ending(
        Optional.ofNullable(ofInitiator.get()), Optional.ofNullable(ofResponder.get()));
  }
}
