package dev.moat.engine.resource;

import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The current representation of a resource that clients may observe (RFC 7641).
 *
 * <p>May be set from any thread; every observer is told the newest state, perhaps skipping older
 * ones, in order.
 */
public final class ObservableState {
  private final Cell<State> state;
  private final AtomicInteger pendingTellings = new AtomicInteger();

  private final Reliability reliability;

  /**
   * Starts with {@code initial}; the endpoint's policy decides which notifications are confirmable.
   */
  public ObservableState(Response initial) {
    this(initial, Reliability.NON_CONFIRMABLE);
  }

  /**
   * Starts with {@code initial}. With {@link Reliability#CONFIRMABLE} every notification asks for
   * an acknowledgement; otherwise as many as the endpoint's policy demands (RFC 7641, Section 4.5).
   */
  public ObservableState(Response initial, Reliability reliability) {
    this.reliability = reliability;
    state = new Cell<>(new State(initial, 0, false, List.of()));
  }

  /** The current representation. */
  public Response current() {
    return state.now().current();
  }

  /** How many observers there are. */
  public int observers() {
    return state.now().observers().size();
  }

  /**
   * Replaces the representation and tells all observers.
   *
   * @throws IllegalArgumentException when {@code next} is an error; see {@link #end}
   */
  public void set(Response next) {
    if (!next.code().isSuccess()) {
      throw new IllegalArgumentException(next.code() + " ends an observation: call end()");
    }
    var unused = state.change(now -> now.ended() ? now : now.with(next, false));
    tell();
  }

  /**
   * Ends all observations with {@code last}, an error such as 4.04 (RFC 7641, Section 4.2); later
   * requests get it too.
   *
   * @throws IllegalArgumentException when {@code last} is a success
   */
  public void end(Response last) {
    if (last.code().isSuccess()) {
      throw new IllegalArgumentException(last.code() + " does not end an observation");
    }
    var unused = state.change(now -> now.ended() ? now : now.with(last, true));
    tell();
  }

  /** The current representation, with notifications when {@code request} registers (Observe 0). */
  public Reply reply(Request request) {
    State now = state.now();
    boolean registers = request.options().uint(OptionNumber.OBSERVE).orElse(1) == 0 && !now.ended();
    return registers
        ? new Reply.Observed(now.current(), new Subscription(now.version()))
        : Reply.of(now.current());
  }

  /** One thread tells at a time; what others set meanwhile it tells as well. */
  private void tell() {
    if (pendingTellings.getAndIncrement() != 0) {
      return;
    }
    int told = 1;
    do {
      State now = state.now();
      for (Subscription observer : now.observers()) {
        observer.tellOrCancel(now);
      }
      told = pendingTellings.addAndGet(-told);
    } while (told != 0);
  }

  /** Replaced as a whole; {@code version} counts the changes. */
  private record State(
      Response current, long version, boolean ended, List<Subscription> observers) {
    State with(Response next, boolean last) {
      return new State(next, version + 1, last, observers);
    }

    State plus(Subscription observer) {
      List<Subscription> more = new ArrayList<>(observers);
      more.add(observer);
      return new State(current, version, ended, List.copyOf(more));
    }

    State minus(Subscription observer) {
      List<Subscription> fewer = observers.stream().filter(o -> o != observer).toList();
      return new State(current, version, ended, fewer);
    }
  }

  /**
   * One observer's view. The fields besides the listener are touched by the one telling thread
   * only.
   */
  private final class Subscription implements Notifications {
    private final AtomicReference<@Nullable Listener> listener = new AtomicReference<>();
    private long toldVersion;

    private Subscription(long knownVersion) {
      toldVersion = knownVersion;
    }

    @Override
    public void subscribe(Listener newListener) {
      if (!listener.compareAndSet(null, newListener)) {
        throw new IllegalStateException("notifications are subscribed to once");
      }
      var unused = state.change(now -> now.plus(this));
      ObservableState.this.tell();
    }

    @Override
    public boolean isConfirmable() {
      return reliability == Reliability.CONFIRMABLE;
    }

    @Override
    public void cancel() {
      var unused = state.change(now -> now.minus(this));
    }

    /** A listener that fails loses its relation; the others, and later states, are told. */
    private void tellOrCancel(State now) {
      try {
        tell(now);
      } catch (RuntimeException failed) {
        cancel();
      }
    }

    private void tell(State now) {
      if (now.version() == toldVersion) {
        return;
      }
      toldVersion = now.version();
      Listener told = Objects.requireNonNull(listener.get());
      told.onNotification(now.current());
      if (now.ended()) {
        cancel();
        told.onEnd(End.RESOURCE_ENDED);
      }
    }
  }
}
