package dev.moat.conformance.crash;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.filter.FreshnessProof;
import dev.moat.oscore.filter.MessageLayer;
import dev.moat.oscore.filter.OscoreServerFilter;
import dev.moat.oscore.filter.ServerSecurity;
import dev.moat.oscore.protect.Protector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A server as it runs in production: requests pass the OSCORE stage of its pipeline. */
final class FilteredReceiver implements Receiver {
  private static final int OBSERVERS = 8;

  private final OscoreServerFilter filter;
  private final Observer observer;
  private final Deque<Watch> watches = new ArrayDeque<>();
  private boolean acted;

  FilteredReceiver(
      SecurityContext context, Protector protector, Observer observer, RandomSource random) {
    ContextTable contexts = new ContextTable();
    contexts.add(context);
    this.observer = observer;
    this.filter =
        new OscoreServerFilter(
            ServerSecurity.of(contexts),
            protector,
            new ProofOfThisLife(random.bytes(8)),
            MessageLayer.NONE,
            System::nanoTime,
            EventSink.NONE);
  }

  @Override
  public Optional<Response> receive(Request outer) {
    acted = false;
    Arrival arrival =
        new Arrival(System.nanoTime(), Bytes.of(1), 100, false, true, Arrival.Security.NONE);
    Reply reply =
        filter.handle(outer.withFact(Arrival.KEY, arrival), this::act).toCompletableFuture().join();
    if (!acted) {
      observer.refused();
    }
    if (reply instanceof Reply.Observed observed) {
      observed.notifications().subscribe(new Unread());
    }
    return Optional.of(reply.first())
        .filter(response -> response.options().has(OptionNumber.OSCORE));
  }

  private CompletionStage<Reply> act(Request inner) {
    acted = true;
    observer.accepting(inner.options().first(OptionNumber.ETAG).orElseThrow().toUint());
    Reply reply = Reply.of(Response.of(Code.CHANGED));
    if (inner.options().has(OptionNumber.OBSERVE)) {
      Watch watch = new Watch();
      watches.add(watch);
      if (watches.size() > OBSERVERS) {
        watches.remove();
      }
      reply = new Reply.Observed(notification(), watch);
    }
    return CompletableFuture.completedFuture(reply);
  }

  private static Response notification() {
    return Response.of(Code.CONTENT).with(Option.uint(OptionNumber.OBSERVE, 0));
  }

  @Override
  public void notifyObserver() {
    if (!watches.isEmpty()) {
      Watch watch = watches.remove();
      watch.listener.onNotification(notification());
      watches.add(watch);
    }
  }

  /** An observation that the test drives. */
  private static final class Watch implements Notifications {
    private Listener listener = new Unread();

    @Override
    public void subscribe(Listener subscriber) {
      listener = subscriber;
    }

    @Override
    public void cancel() {
      listener = new Unread();
    }
  }

  /** What counts is that notifications were sealed, not that somebody reads them. */
  private static final class Unread implements Notifications.Listener {
    @Override
    public void onNotification(Response notification) {
      // Nobody reads it.
    }

    @Override
    public void onEnd(Notifications.End reason) {
      // Nobody reads it.
    }
  }

  /** As the endpoint's: values that only the process that made them accepts. */
  private record ProofOfThisLife(Bytes echo) implements FreshnessProof {
    @Override
    public Bytes mint(Peer peer, long nowNanos) {
      return echo;
    }

    @Override
    public boolean isFresh(Bytes given, Peer peer, long nowNanos, long windowNanos) {
      return echo.equals(given);
    }

    @Override
    public Bytes reachability(Peer outerPeer, long nowNanos) {
      return echo;
    }
  }
}
