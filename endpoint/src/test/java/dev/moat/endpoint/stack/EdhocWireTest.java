package dev.moat.endpoint.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.edhoc.coap.HandshakeEvent;
import dev.moat.edhoc.coap.RecipientIds;
import dev.moat.edhoc.coap.client.EdhocClient;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.coap.halfopen.GuardPolicy;
import dev.moat.edhoc.coap.server.EdhocServer;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.suite.Method;
import dev.moat.endpoint.EdhocFixture;
import dev.moat.endpoint.stack.VirtualWire.Packet;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.rekey.ContextOnDemand;
import dev.moat.testkit.InsecureSeededRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Handshakes of whole stacks on a wire that loses, repeats and cuts. */
class EdhocWireTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final VirtualWire wire = new VirtualWire();
  private final List<String> moved = new ArrayList<>();
  private final InsecureSeededRandom random = new InsecureSeededRandom(12);

  private EdhocServer server(EdhocServerConfig config, StackConfig base) {
    RecipientIds ids = new RecipientIds(new ContextTable());
    EdhocServer edhoc = new EdhocServer(config, ids, random, () -> NOW, wire.events::add);
    Router router =
        Router.of(
            Resource.at("/lock")
                .put(
                    request -> {
                      moved.add(request.payload().toUtf8());
                      return Response.of(Code.CHANGED);
                    }));
    edhoc.resources().forEach(router::add);
    var unused =
        wire.stack(
            VirtualWire.SERVER,
            base.withOscore(OscoreConfig.of(ids.contexts()).withEdhoc(edhoc)),
            router);
    return edhoc;
  }

  private EdhocServer server() {
    return server(
        EdhocServerConfig.of(EdhocFixture.server().build(), EdhocFixture.rules()),
        StackConfig.defaults());
  }

  private Stack client(StackConfig base) {
    return wire.stack(
        VirtualWire.CLIENT, base.withOscore(OscoreConfig.forRequestsOnly()), Router.of());
  }

  private Request put(EdhocClientConfig.Builder config) {
    ContextOnDemand context =
        new ContextOnDemand(new EdhocClient(config.build(), random, () -> NOW, wire.events::add));
    return Request.to(VirtualWire.SERVER, Code.PUT, "/lock")
        .withPayload(Bytes.utf8("0"))
        .withFact(ContextOnDemand.KEY, context);
  }

  private static EdhocClientConfig.Builder forward(EdhocSettings.Builder settings) {
    return EdhocClientConfig.forward(settings.build(), EdhocFixture.rules(), Method.DH_DH);
  }

  private static EdhocClientConfig.Builder forward() {
    return forward(EdhocFixture.client());
  }

  private void assertTurnedOnce(CompletableFuture<Outcome> outcome) {
    assertThat(outcome).as("%s", wire.events).isCompleted();
    assertThat(OscoreRig.responseOf(outcome.join()).code()).isEqualTo(Code.CHANGED);
    assertThat(moved).containsExactly("0");
  }

  private CompletableFuture<Outcome> send(Stack client, Request request) {
    return wire.request(client, request).toCompletableFuture();
  }

  @Test
  @Tag("LK-105")
  @Tag("LK-114")
  @Tag("LK-117")
  @Tag("LK-123")
  void combinedTakesFourPackets() {
    EdhocServer unused = server();
    assertTurnedOnce(send(client(StackConfig.defaults()), put(forward().combined())));
    assertThat(wire.sent).hasSize(4);
    assertThat(wire.sent.get(2).message().options().has(OptionNumber.EDHOC)).isTrue();
  }

  @Test
  @Tag("LK-016")
  void survivesTheLossOfEveryDatagramOnce() {
    EdhocServer edhoc = server();
    Set<Bytes> lost = new HashSet<>();
    wire.middle(packet -> lost.add(packet.datagram()) ? List.of() : List.of(packet));
    var outcome = send(client(StackConfig.defaults()), put(forward().combined()));
    wire.pass(Duration.ofMinutes(1));
    assertTurnedOnce(outcome);
    assertThat(edhoc.contexts().all()).hasSize(1);
  }

  @Test
  @Tag("LK-018")
  void survivesTheRepetitionOfEveryDatagram() {
    EdhocServer edhoc = server();
    wire.middle(packet -> List.of(packet, packet));
    var outcome = send(client(StackConfig.defaults()), put(forward()));
    assertTurnedOnce(outcome);
    assertThat(edhoc.contexts().all()).hasSize(1);
    assertThat(wire.events).filteredOn(HandshakeEvent.Completed.class::isInstance).hasSize(2);
  }

  @Test
  @Tag("LK-019")
  void goesInBlocksOf16Octets() {
    StackConfig defaults = StackConfig.defaults();
    StackConfig small =
        defaults
            .withServerBlocks(defaults.serverBlocks().withPreferredBlockOctets(16))
            .withClientBlocks(defaults.clientBlocks().withPreferredBlockOctets(16));
    EdhocServer edhoc =
        server(
            EdhocServerConfig.of(EdhocFixture.server().padding(512).build(), EdhocFixture.rules()),
            small);
    var outcome = send(client(small), put(forward(EdhocFixture.client().padding(512)).combined()));
    assertTurnedOnce(outcome);
    assertThat(edhoc.contexts().all()).hasSize(1);
    assertThat(wire.sent.size()).isGreaterThan(100);
    assertThat(wire.sent).allMatch(packet -> packet.message().payload().length() <= 64);
  }

  @Test
  @Tag("LK-020")
  void provesTheAddressFirstWhereThePolicyAsks() {
    EdhocServer unused =
        server(
            EdhocServerConfig.builder(EdhocFixture.server().build(), EdhocFixture.rules())
                .guard(GuardPolicy.defaults().withProof(GuardPolicy.Proof.ALWAYS))
                .build(),
            StackConfig.defaults());
    assertTurnedOnce(send(client(StackConfig.defaults()), put(forward())));
    Packet first = wire.sent.get(1);
    assertThat(first.message().code()).isEqualTo(Code.UNAUTHORIZED);
    assertThat(first.message().options().has(OptionNumber.ECHO)).isTrue();
    assertThat(wire.sent.get(3).message().code()).isEqualTo(Code.CHANGED);
  }

  @Test
  @Tag("LK-020")
  void provesTheAddressBeforeALongMessage2() {
    EdhocServer edhoc =
        server(
            EdhocServerConfig.of(EdhocFixture.server().padding(600).build(), EdhocFixture.rules()),
            StackConfig.defaults());
    assertTurnedOnce(send(client(StackConfig.defaults()), put(forward())));
    assertThat(wire.sent.get(1).message().code()).isEqualTo(Code.UNAUTHORIZED);
    assertThat(wire.sent.get(1).datagram().length()).isLessThan(136);
    assertThat(edhoc.contexts().all()).hasSize(1);
  }

  @Test
  void leavesDoubtWithAServerThatKnowsNoCombinedRequest() {
    EdhocServer unused =
        server(
            EdhocServerConfig.builder(EdhocFixture.server().build(), EdhocFixture.rules())
                .withoutCombined()
                .build(),
            StackConfig.defaults());
    var outcome = send(client(StackConfig.defaults()), put(forward().combined()));
    wire.pass(Duration.ofSeconds(100));
    // 4.02, unprotected: the request was refused, and anyone may have said so.
    assertThat(outcome.join()).isInstanceOf(Outcome.Unknown.class);
    assertThat(moved).isEmpty();
  }
}
