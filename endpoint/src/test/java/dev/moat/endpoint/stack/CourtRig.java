package dev.moat.endpoint.stack;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.crypto.JdkCrypto;
import dev.moat.endpoint.stack.VirtualWire.Packet;
import dev.moat.engine.client.RequestTagging;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.filter.SecuredBy;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.protect.Unprotected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A court that takes bodies in protected blocks of 16 octets, and trusts what was protected. */
final class CourtRig {
  static final int BLOCK_OCTETS = 16;

  final VirtualWire wire = new VirtualWire();
  final List<String> bodies = new ArrayList<>();
  final Protector protector = new Protector(JdkCrypto.create());
  final SecurityContext context;
  private final ContextParameters parameters;
  private final Stack client;
  private Set<String> understood = Set.of();

  /** With Request-Tags as {@code tagging} says; where they are off, the server ignores them too. */
  CourtRig(RequestTagging tagging, int window) {
    parameters = OscoreRig.parameters(7).toBuilder().replayWindow(window).build();
    context = OscoreRig.derive(parameters, 0);
    ContextTable table = new ContextTable();
    table.add(OscoreRig.derive(parameters.reversed(), 0));
    // Freshness is another remedy, and would hide what this one does.
    StackConfig config =
        StackConfig.defaults()
            .withEchoFreshness(false)
            .withRequestTag(tagging != RequestTagging.INSECURE_NEVER);
    Resource court =
        Resource.at("/court")
            .notAnActuator("a story")
            .allowUntaggedBlocks("a story")
            .post(this::hear);
    var unused =
        wire.stack(VirtualWire.SERVER, config.withOscore(OscoreConfig.of(table)), Router.of(court));
    client =
        wire.stack(
            VirtualWire.CLIENT,
            config
                .withClientBlocks(
                    config
                        .clientBlocks()
                        .withPreferredBlockOctets(BLOCK_OCTETS)
                        .withTagging(tagging))
                .withOscore(OscoreConfig.forRequestsOnly()),
            Router.of());
  }

  /** From now on the handler breaks over every other body. */
  void understandOnly(String... whole) {
    understood = Set.of(whole);
  }

  private Response hear(Request request) {
    String body = request.payload().toUtf8();
    bodies.add(body);
    if (!understood.isEmpty() && !understood.contains(body)) {
      throw new IllegalStateException("authenticated, hence expected to parse");
    }
    return Response.of(Code.CHANGED);
  }

  CompletionStage<Outcome> begin(String body) {
    Request post =
        Request.to(VirtualWire.SERVER, Code.POST, "/court").withPayload(Bytes.utf8(body));
    return wire.request(client, SecuredBy.secured(post, context));
  }

  /** Waits in virtual time until the client knows, or knows that it does not. */
  Outcome end(CompletionStage<Outcome> operation) {
    CompletableFuture<Outcome> future = operation.toCompletableFuture();
    for (int i = 0; i < 1_000 && !future.isDone(); i++) {
      wire.pass(Duration.ofSeconds(1));
    }
    return OscoreRig.now(future);
  }

  Outcome post(String body) {
    return end(begin(body));
  }

  /** What is inside {@code packets}, for who has the keys; repetitions aside. */
  List<Request> insides(List<Packet> packets) throws OscoreException {
    SecurityContext reading =
        OscoreRig.derive(parameters.toBuilder().replayWindow(64).build().reversed(), 0);
    List<Request> insides = new ArrayList<>();
    for (Packet packet : packets) {
      Message m = packet.message();
      if (m.code().isRequest()) {
        Request outer =
            new Request(
                m.code(),
                m.options(),
                m.payload(),
                packet.from(),
                Reliability.CONFIRMABLE,
                Context.empty());
        if (protector.unprotectRequest(reading, outer) instanceof Unprotected.Fresh fresh) {
          insides.add(fresh.inner());
        }
      }
    }
    return insides;
  }

  /** The same protected content in another message: nothing protects type and Message ID. */
  static Packet under(int messageId, Packet packet) {
    Message m = packet.message();
    return packet.with(
        new Message(MessageType.CON, messageId, m.code(), m.token(), m.options(), m.payload()));
  }
}
