package dev.moat.endpoint.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.edhoc.coap.RecipientIds;
import dev.moat.edhoc.coap.client.EdhocClient;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.coap.server.EdhocServer;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.rekey.ContextOnDemand;
import dev.moat.testkit.InsecureSeededRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A client and a server with a lock, who get their contexts by EDHOC on a virtual wire. */
final class EdhocRig {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  final VirtualWire wire = new VirtualWire();
  final List<String> moved = new ArrayList<>();
  final EdhocServer edhoc;
  private final Stack client;
  private final InsecureSeededRandom random = new InsecureSeededRandom(12);

  EdhocRig(EdhocServerConfig config, StackConfig stacks) {
    RecipientIds ids = new RecipientIds(new ContextTable());
    edhoc = new EdhocServer(config, ids, random, () -> NOW, wire.events::add);
    Router router = Router.of(Resource.at("/lock").put(this::move));
    edhoc.resources().forEach(router::add);
    var unused =
        wire.stack(
            VirtualWire.SERVER,
            stacks.withOscore(OscoreConfig.of(ids.contexts()).withEdhoc(edhoc)),
            router);
    client =
        wire.stack(
            VirtualWire.CLIENT, stacks.withOscore(OscoreConfig.forRequestsOnly()), Router.of());
  }

  private Response move(Request request) {
    moved.add(request.payload().toUtf8());
    return Response.of(Code.CHANGED);
  }

  ContextOnDemand context(EdhocClientConfig config) {
    return new ContextOnDemand(new EdhocClient(config, random, () -> NOW, wire.events::add));
  }

  static Request put(Peer to, ContextOnDemand context, String payload) {
    return Request.to(to, Code.PUT, "/lock")
        .withPayload(Bytes.utf8(payload))
        .withFact(ContextOnDemand.KEY, context);
  }

  void assertTurned(Request put) {
    CompletableFuture<Outcome> outcome = wire.request(client, put).toCompletableFuture();
    assertThat(outcome).as("%s", wire.events).isCompleted();
    assertThat(outcome.join()).as("%s", wire.events).isInstanceOf(Outcome.Responded.class);
    assertThat(OscoreRig.responseOf(outcome.join()).code()).isEqualTo(Code.CHANGED);
    assertThat(moved).endsWith(put.payload().toUtf8());
  }
}
