package dev.moat.oscore.rekey;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.ResponseGate;
import dev.moat.coap.service.Service;
import dev.moat.crypto.Crypto;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.filter.FreshnessProof;
import dev.moat.oscore.filter.MessageLayer;
import dev.moat.oscore.filter.OscoreClientFilter;
import dev.moat.oscore.filter.OscoreServerFilter;
import dev.moat.oscore.filter.ServerSecurity;
import dev.moat.oscore.protect.Protector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** A client's and a server's OSCORE stages with nothing but a wire between. */
public final class Link {
  private static final Peer CLIENT = Peer.of(Bytes.of(192, 0, 2, 9), 40_000);

  public final List<Event> events = new ArrayList<>();

  /** What the server acted on. */
  public final List<Request> executed = new ArrayList<>();

  /** What crossed the wire. */
  public final List<Request> requests = new ArrayList<>();

  /** Changes responses on the wire. */
  public UnaryOperator<Response> onTheWay = response -> response;

  /** True keeps requests until {@link #release}. */
  public boolean holding;

  private final Crypto crypto;
  private final Deque<Runnable> held = new ArrayDeque<>();
  private Service<Request, Reply> server = request -> reply(Response.of(Code.NOT_FOUND));

  public Link(Crypto crypto) {
    this.crypto = crypto;
  }

  /** Puts a server at the other end, with stages before and behind the one that verifies. */
  public void serve(
      ContextTable table, Filter<Request, Reply> before, Filter<Request, Reply> behind) {
    OscoreServerFilter verifying =
        new OscoreServerFilter(
            ServerSecurity.of(table),
            new Protector(crypto),
            NO_PROOF,
            MessageLayer.NONE,
            () -> 0,
            events::add);
    Service<Request, Reply> resource =
        request -> {
          executed.add(request);
          return reply(Messages.content());
        };
    server = before.around(verifying.around(behind.around(resource)));
  }

  /** A stage that does nothing. */
  public static CompletionStage<Reply> pass(Request request, Service<Request, Reply> next) {
    return next.handle(request);
  }

  /** Sends a request whose context is made on demand. */
  public CompletableFuture<Outcome> send(ContextOnDemand demand, Request request) {
    Service<Request, Outcome> client =
        new ContextOnDemandFilter(events::add)
            .around(new OscoreClientFilter(new Protector(crypto), events::add).around(this::carry));
    return client.handle(request.withFact(ContextOnDemand.KEY, demand)).toCompletableFuture();
  }

  private CompletionStage<Outcome> carry(Request outer) {
    requests.add(outer);
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Runnable arrival = () -> outcome.complete(arrive(outer));
    if (holding) {
      held.add(arrival);
    } else {
      arrival.run();
    }
    return outcome;
  }

  /** Lets all requests arrive that are held, and those that follow from them. */
  public void release() {
    holding = false;
    while (!held.isEmpty()) {
      held.remove().run();
    }
  }

  private Outcome arrive(Request outer) {
    Response response = onTheWay.apply(deliver(outer));
    ResponseGate.Verdict verdict =
        outer
            .context()
            .find(ResponseGate.KEY)
            .map(gate -> gate.judge(response))
            .orElseGet(() -> new ResponseGate.Accepted(response));
    return verdict.fold(
        accepted -> new Outcome.Responded(outer, Reply.of(accepted.response())),
        () -> new Outcome.Unknown(outer, Outcome.Doubt.NO_RESPONSE),
        doubtful -> new Outcome.Unknown(outer, Outcome.Doubt.UNPROTECTED_ERROR));
  }

  /** What the server answers to a datagram, wherever it comes from. */
  public Response deliver(Request outer) {
    Arrival arrival = new Arrival(0, Bytes.of(1), 100, false, true, Arrival.Security.NONE);
    Request arriving =
        new Request(
            outer.method(),
            outer.options(),
            outer.payload(),
            CLIENT,
            outer.reliability(),
            Context.empty().with(Arrival.KEY, arrival));
    return server.handle(arriving).toCompletableFuture().join().first();
  }

  private static CompletionStage<Reply> reply(Response response) {
    return CompletableFuture.completedFuture(Reply.of(response));
  }

  private static final FreshnessProof NO_PROOF =
      new FreshnessProof() {
        @Override
        public Bytes mint(Peer peer, long nowNanos) {
          return Bytes.of(1);
        }

        @Override
        public boolean isFresh(Bytes echo, Peer peer, long nowNanos, long windowNanos) {
          return false;
        }

        @Override
        public Bytes reachability(Peer outerPeer, long nowNanos) {
          return Bytes.of(2);
        }
      };
}
