package dev.moat.foe.relay;

import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.endpoint.stack.EndpointLoop;
import dev.moat.foe.field.Field;
import dev.moat.foe.field.Party;
import dev.moat.foe.path.Transport;
import dev.moat.foe.scenario.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What fields on real sockets have in common: the loop of the run, and endpoints with loops. */
abstract class RelayedField implements Field {
  /** The host that certificates are for, and that clients believe to talk to. */
  static final String HOST = "lab.example";

  private static final Duration NOTICING = Duration.ofMillis(10);

  private final Transport transport;
  private final RunLoop loop;
  private final EventSink events;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Map<Step.Caller, Caller> callers = new EnumMap<>(Step.Caller.class);

  RelayedField(Transport transport, EventSink events) {
    this.transport = transport;
    this.events = events;
    try {
      this.loop = new RunLoop();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  RunLoop loop() {
    return loop;
  }

  EventSink events() {
    return events;
  }

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Closes {@code resource} with the field, before what was kept earlier. */
  <T extends AutoCloseable> T keep(T resource) {
    open.add(resource);
    return resource;
  }

  void add(Step.Caller who, Caller caller) {
    callers.put(who, caller);
  }

  @Override
  public Transport transport() {
    return transport;
  }

  @Override
  public long nowNanos() {
    return System.nanoTime();
  }

  @Override
  public void call(Step.Caller who, Function<Peer, Request> request, Consumer<Ended> ended) {
    Caller caller = caller(who);
    Peer server = caller.server();
    caller.loop.execute(
        now -> {
          long start = System.nanoTime();
          var unused =
              caller
                  .party
                  .calls()
                  .request(request.apply(server), now)
                  .thenAccept(
                      outcome -> {
                        Ended how = new Ended(outcome, System.nanoTime() - start);
                        loop.post(() -> ended.accept(how));
                      });
        });
  }

  @Override
  public void prepare(Step.Caller who, Consumer<Boolean> ready) {
    prepareAnew(who, ready, 0);
  }

  /**
   * As {@link #prepare}; while the endpoint has not noticed yet that its connection is lost, it
   * would give the same once more.
   *
   * @param attempts how often to ask again
   */
  void prepareAnew(Step.Caller who, Consumer<Boolean> ready, int attempts) {
    Caller caller = caller(who);
    var unused =
        caller
            .reach
            .get()
            .whenComplete(
                (peer, failure) -> {
                  if (failure != null) {
                    events.emit(() -> who + " reaches nobody: " + failure.getMessage());
                    loop.post(() -> ready.accept(false));
                  } else if (attempts > 0 && peer.equals(caller.server)) {
                    Runnable again = () -> prepareAnew(who, ready, attempts - 1);
                    loop.execute(() -> loop.later(NOTICING, again));
                  } else {
                    reached(caller, peer, ready);
                  }
                });
  }

  private void reached(Caller caller, Peer server, Consumer<Boolean> ready) {
    caller.server = server;
    caller.loop.execute(
        now -> {
          var unused =
              caller
                  .party
                  .calls()
                  .prepare(server, now)
                  .thenAccept(is -> loop.post(() -> ready.accept(is)));
        });
  }

  @Override
  public void renew(Step.Caller who, Consumer<Boolean> ready) {
    loop.post(() -> ready.accept(true));
  }

  Caller caller(Step.Caller who) {
    Caller caller = callers.get(who);
    if (caller == null) {
      throw new IllegalStateException("the field is not open");
    }
    return caller;
  }

  @Override
  public void inRun(Runnable action) {
    loop.execute(action);
  }

  @Override
  public void run(BooleanSupplier finished, Duration limit) {
    loop.run(finished, limit);
  }

  @Override
  public Duration worstLag() {
    return loop.worstLag();
  }

  @Override
  public OptionalDouble proximityMetres() {
    return OptionalDouble.empty();
  }

  @Override
  public void later(Duration time, Runnable action) {
    loop.later(time, action);
  }

  @Override
  public void close() {
    for (int i = open.size() - 1; i >= 0; i--) {
      try {
        open.get(i).close();
      } catch (Exception failed) {
        events.emit(() -> "closing failed: " + failed.getClass().getSimpleName());
      }
    }
    open.clear();
    loop.close();
  }

  /** An endpoint that makes requests. */
  static final class Caller {
    private final EndpointLoop loop;
    private final Party party;
    private final Supplier<CompletableFuture<Peer>> reach;
    private volatile @Nullable Peer server;

    /**
     * One that knows no server yet.
     *
     * @param reach finds the server, or makes an association or a connection
     */
    Caller(EndpointLoop loop, Party party, Supplier<CompletableFuture<Peer>> reach) {
      this.loop = loop;
      this.party = party;
      this.reach = reach;
    }

    private Peer server() {
      Peer known = server;
      if (known == null) {
        throw new IllegalStateException("called before it was prepared");
      }
      return known;
    }
  }
}
