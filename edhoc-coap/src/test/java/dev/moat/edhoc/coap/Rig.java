package dev.moat.edhoc.coap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Pipeline;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.ResponseGate;
import dev.moat.coap.service.Service;
import dev.moat.edhoc.coap.client.EdhocClient;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.coap.combined.CombinedClient;
import dev.moat.edhoc.coap.server.EdhocServer;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.engine.echo.EchoMint;
import dev.moat.engine.echo.EchoPurpose;
import dev.moat.engine.echo.EchoVerdict;
import dev.moat.engine.freshness.ClientEchoConfig;
import dev.moat.engine.freshness.ClientEchoFilter;
import dev.moat.engine.freshness.EchoFreshnessFilter;
import dev.moat.engine.freshness.FreshnessConfig;
import dev.moat.engine.freshness.MintedChallenges;
import dev.moat.engine.resource.PolicyConfig;
import dev.moat.engine.resource.PolicyFilter;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import dev.moat.engine.resource.WellKnownCore;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.filter.FreshnessProof;
import dev.moat.oscore.filter.MessageLayer;
import dev.moat.oscore.filter.OscoreClientFilter;
import dev.moat.oscore.filter.OscoreServerFilter;
import dev.moat.oscore.filter.SecureAssociation;
import dev.moat.oscore.filter.ServerSecurity;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.rekey.ContextOnDemand;
import dev.moat.oscore.rekey.ContextOnDemandFilter;
import dev.moat.testkit.InsecureSeededRandom;
import dev.moat.testkit.VirtualClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A client and a server with their stages, and an attacker in place of the message layer. */
public final class Rig {
  public static final Peer SERVER = Peer.of(Bytes.of(192, 0, 2, 2), 5683);
  public static final Peer CLIENT = Peer.of(Bytes.of(192, 0, 2, 1), 40_001);
  public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  public final VirtualClock clock = new VirtualClock(5_000_000_000L);
  public final List<Event> events = new ArrayList<>();
  public final List<String> moved = new ArrayList<>();
  public final RecipientIds serverIds = new RecipientIds(new ContextTable());
  public final EdhocServer edhoc;
  public final Protector protector = new Protector(Parties.PRIMITIVES.symmetric());

  /** Every request that left the client, as it left. */
  public final List<Request> sent = new ArrayList<>();

  /** Every response that the server gave. */
  public final List<Response> given = new ArrayList<>();

  /** What the attacker makes of a request; empty: it is lost. */
  public Function<Request, Optional<Request>> onRequest = Optional::of;

  /** What reaches the client in place of a response, in this order. */
  public Function<Response, List<Response>> onResponse = List::of;

  public boolean provesAddresses = true;

  private final InsecureSeededRandom random = new InsecureSeededRandom(77);
  private final EchoMint mint = new EchoMint(random);
  private final List<Peer> proven = new ArrayList<>();
  private final Service<Request, Reply> server;
  private final Service<Request, Outcome> client;

  public Rig(EdhocServerConfig config) {
    edhoc = new EdhocServer(config, serverIds, random, () -> NOW, events::add);
    Router router =
        Router.of(
            Resource.at("/lock")
                .get(request -> Response.text(Code.CONTENT, "locked"))
                .put(this::move),
            Resource.at("/temp").get(request -> Response.text(Code.CONTENT, "22.5 C")));
    edhoc.resources().forEach(router::add);
    router.add(WellKnownCore.of(router));
    server = serverStages(router).into(router);
    client = clientStages().into(this::transmit);
  }

  public static Rig standard() {
    return new Rig(serverConfig().build());
  }

  public static EdhocServerConfig.Builder serverConfig() {
    return EdhocServerConfig.builder(
        Parties.settings(Parties.SERVER, Parties.CLIENT).build(), Parties.rules());
  }

  public EdhocClient client(EdhocClientConfig config) {
    return new EdhocClient(config, random, () -> NOW, events::add);
  }

  private Pipeline<Request, Reply> serverStages(Router router) {
    Pipeline<Request, Reply> stages = Pipeline.start();
    if (edhoc.takesCombined()) {
      stages = stages.then("combined", edhoc.combinedRequests());
    }
    return stages
        .then(
            "oscore",
            new OscoreServerFilter(
                ServerSecurity.of(edhoc.contexts()),
                protector,
                new Proofs(),
                MessageLayer.NONE,
                clock::nowNanos,
                events::add))
        .then("fresh", edhoc.freshHandshakes())
        .then("policy", new PolicyFilter(router, PolicyConfig.defaults(), events::add))
        .then(
            "freshness",
            new EchoFreshnessFilter(
                FreshnessConfig.defaults(),
                new MintedChallenges(mint),
                clock::nowNanos,
                events::add))
        .then("reachability", reachability());
  }

  private Filter<Request, Reply> reachability() {
    Filter<Request, Reply> stage =
        edhoc.reachability(
            (peer, now) -> mint.mint(EchoPurpose.REACHABILITY, peer, now), clock::nowNanos);
    return (request, next) -> provesAddresses ? stage.handle(request, next) : next.handle(request);
  }

  private Pipeline<Request, Outcome> clientStages() {
    CombinedClient combined = new CombinedClient(1152);
    return Pipeline.<Request, Outcome>start()
        .then("on demand", new ContextOnDemandFilter(events::add))
        .then("association", new SecureAssociation())
        .then(
            "echo", new ClientEchoFilter(ClientEchoConfig.defaults(), clock::nowNanos, events::add))
        .then("message_3", combined.outer())
        .then("oscore", new OscoreClientFilter(protector, events::add))
        .then("combined", combined.inner());
  }

  private Response move(Request request) {
    moved.add(request.payload().toUtf8());
    return Response.of(Code.CHANGED);
  }

  private CompletionStage<Outcome> transmit(Request request) {
    sent.add(request);
    List<Response> arriving = new ArrayList<>();
    Optional<Request> passed = onRequest.apply(request);
    if (passed.isPresent()) {
      arriving.addAll(onResponse.apply(serve(CLIENT, passed.get())));
    } else {
      arriving.addAll(onResponse.apply(Response.of(Code.GATEWAY_TIMEOUT)));
    }
    return CompletableFuture.completedFuture(judged(request, arriving));
  }

  private static Outcome judged(Request request, List<Response> arriving) {
    ResponseGate gate = request.context().find(ResponseGate.KEY).orElse(ResponseGate.Accepted::new);
    Optional<Response> doubtful = Optional.empty();
    for (Response response : arriving) {
      ResponseGate.Verdict verdict = gate.judge(response, 1);
      if (verdict instanceof ResponseGate.Accepted accepted) {
        return new Outcome.Responded(request, Reply.of(accepted.response()));
      }
      if (verdict instanceof ResponseGate.Doubtful doubt) {
        doubtful = Optional.of(doubt.unprotected());
      }
    }
    return doubtful.isPresent()
        ? new Outcome.Unknown(request, Outcome.Doubt.UNPROTECTED_ERROR, doubtful)
        : new Outcome.Unknown(request, Outcome.Doubt.NO_RESPONSE);
  }

  /** What the server answers to a message from an address. */
  public Response serve(Peer from, Request message) {
    Optional<Bytes> echo = message.options().first(OptionNumber.ECHO);
    if (echo.isPresent()
        && mint.verify(
                echo.get(), EchoPurpose.REACHABILITY, from, clock.nowNanos(), 300_000_000_000L)
            == EchoVerdict.VALID) {
      proven.add(from);
    }
    Arrival arrival =
        new Arrival(
            clock.nowNanos(),
            Bytes.of(1),
            100,
            false,
            proven.contains(from),
            Arrival.Security.NONE);
    Request arrived =
        new Request(
                message.method(),
                message.options(),
                message.payload(),
                from,
                message.reliability(),
                Context.empty())
            .withFact(Arrival.KEY, arrival);
    CompletableFuture<Reply> reply = server.handle(arrived).toCompletableFuture();
    assertThat(reply).isCompleted();
    Response response = reply.join().first();
    given.add(response);
    return response;
  }

  public Response post(Peer from, EdhocBody body) {
    return serve(from, EdhocMessages.request(SERVER, EdhocMessages.DEFAULT_PATH, body));
  }

  public Outcome send(ContextOnDemand context, Code method, String payload) {
    return send(context, method, payload, "/lock");
  }

  private Outcome send(ContextOnDemand context, Code method, String payload, String path) {
    Request request =
        Request.to(SERVER, method, path)
            .withPayload(Bytes.utf8(payload))
            .withFact(ContextOnDemand.KEY, context);
    CompletableFuture<Outcome> outcome = client.handle(request).toCompletableFuture();
    assertThat(outcome).isCompleted();
    return outcome.join();
  }

  /** Sends and expects an answer. */
  public Response answer(ContextOnDemand context, Code method, String payload) {
    return answer(context, method, payload, "/lock");
  }

  /** As {@link #answer(ContextOnDemand, Code, String)}, of another resource. */
  public Response answer(ContextOnDemand context, Code method, String payload, String path) {
    Outcome outcome = send(context, method, payload, path);
    assertThat(outcome).as("%s", events).isInstanceOf(Outcome.Responded.class);
    return ((Outcome.Responded) outcome).response();
  }

  public Code put(ContextOnDemand context, String payload) {
    return answer(context, Code.PUT, payload).code();
  }

  public <E extends Event> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private final class Proofs implements FreshnessProof {
    private final MintedChallenges challenges = new MintedChallenges(mint);

    @Override
    public Bytes mint(Peer peer, long nowNanos) {
      return challenges.mint(peer, nowNanos);
    }

    @Override
    public boolean isFresh(Bytes echo, Peer peer, long nowNanos, long windowNanos) {
      return challenges.isFresh(echo, peer, nowNanos, windowNanos);
    }

    @Override
    public Bytes reachability(Peer outerPeer, long nowNanos) {
      return mint.mint(EchoPurpose.REACHABILITY, outerPeer, nowNanos);
    }
  }
}
