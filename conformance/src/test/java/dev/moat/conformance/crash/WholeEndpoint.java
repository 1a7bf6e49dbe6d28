package dev.moat.conformance.crash;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.crypto.Crypto;
import dev.moat.endpoint.stack.OscoreConfig;
import dev.moat.endpoint.stack.Stack;
import dev.moat.endpoint.stack.StackConfig;
import dev.moat.engine.resource.ObservableState;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.context.SecurityContext.Provenance;
import dev.moat.oscore.context.SequenceReservations;
import dev.moat.oscore.filter.OscoreEvent;
import dev.moat.oscore.filter.SecuredBy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A whole endpoint, client and server with one context, that may lose its memory: all but what its
 * reservations keep.
 */
final class WholeEndpoint {
  private final Peer address;
  private final Peer other;
  private final ContextParameters parameters;
  private final Crypto crypto;
  private final Supplier<SequenceReservations> durable;
  private final Tally tally;
  private final List<CompletableFuture<Reply>> late = new ArrayList<>();
  private ObservableState state = new ObservableState(Response.text(Code.CONTENT, "0"));
  private Stack stack;
  private SecurityContext context;

  WholeEndpoint(
      Place place,
      ContextParameters parameters,
      Crypto crypto,
      Supplier<SequenceReservations> durable,
      Tally tally,
      RandomSource random) {
    this.address = place.here();
    this.other = place.there();
    this.parameters = parameters;
    this.crypto = crypto;
    this.durable = durable;
    this.tally = tally;
    this.context = derive(Provenance.FRESH);
    this.stack = stack(random);
  }

  private SecurityContext derive(Provenance provenance) {
    return SecurityContext.derive(parameters, crypto, durable.get(), provenance);
  }

  private Stack stack(RandomSource random) {
    ContextTable table = new ContextTable();
    table.add(context);
    Router router =
        Router.of(
            Resource.at("/lock")
                .get(request -> Response.text(Code.CONTENT, "locked"))
                .put(request -> Response.of(Code.CHANGED)),
            Resource.at("/late").on(Code.GET, request -> later()),
            Resource.at("/state").observable(state));
    OscoreConfig oscore = OscoreConfig.of(table).withCrypto(crypto);
    return Stack.of(StackConfig.defaults().withOscore(oscore), router, random, this::count);
  }

  private void count(Event event) {
    if (event instanceof OscoreEvent.Resynchronised) {
      tally.resynchronised++;
    } else if (event instanceof OscoreEvent.ReplayDetected) {
      tally.replays++;
    }
  }

  private CompletionStage<Reply> later() {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    late.add(reply);
    return reply;
  }

  Peer address() {
    return address;
  }

  Stack stack() {
    return stack;
  }

  /** Everything but the reservations is gone. */
  void restart(RandomSource random) {
    late.clear();
    state = new ObservableState(Response.text(Code.CONTENT, "0"));
    context = derive(Provenance.RESTORED);
    stack = stack(random);
  }

  void get(String path, long nowNanos) {
    send(Request.to(other, Code.GET, path), nowNanos);
  }

  void put(String text, long nowNanos) {
    send(Request.to(other, Code.PUT, "/lock").withPayload(Bytes.utf8(text)), nowNanos);
  }

  void observe(long nowNanos) {
    send(
        Request.to(other, Code.GET, "/state").with(Option.uint(OptionNumber.OBSERVE, 0)), nowNanos);
  }

  private void send(Request request, long nowNanos) {
    var unused =
        stack.request(SecuredBy.secured(request, context), nowNanos).thenAccept(this::conclude);
  }

  private void conclude(Outcome outcome) {
    if (outcome instanceof Outcome.Responded responded && responded.response().code().isSuccess()) {
      tally.responses++;
      if (responded.reply() instanceof Reply.Observed observed) {
        observed.notifications().subscribe(new Counting());
      }
    }
  }

  /** Notifies whoever observes. */
  void change(int number) {
    state.set(Response.text(Code.CONTENT, Integer.toString(number)));
  }

  /** Answers what waits for an answer: late, hence by separate responses. */
  void answerLate() {
    List<CompletableFuture<Reply>> waiting = List.copyOf(late);
    late.clear();
    for (CompletableFuture<Reply> reply : waiting) {
      tally.late++;
      var unused = reply.complete(Reply.of(Response.text(Code.CONTENT, "late")));
    }
  }

  /** Where an endpoint is, and where its peer. */
  record Place(Peer here, Peer there) {
    Place reversed() {
      return new Place(there, here);
    }
  }

  /** What happened, to tell that the property was not shown of nothing. */
  static final class Tally {
    private int responses;
    private int notifications;
    private int late;
    private int resynchronised;
    private int replays;

    int responses() {
      return responses;
    }

    int notifications() {
      return notifications;
    }

    int late() {
      return late;
    }

    int resynchronised() {
      return resynchronised;
    }

    int replays() {
      return replays;
    }
  }

  private final class Counting implements Notifications.Listener {
    @Override
    public void onNotification(Response notification) {
      tally.notifications++;
    }

    @Override
    public void onEnd(Notifications.End reason) {
      // Ends are no concern here.
    }
  }
}
