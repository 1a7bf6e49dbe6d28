package dev.moat.endpoint.stack;

import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Response;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The notifications of one observation of ours: pushed by the stack, taken by one listener. What
 * comes before the listener is kept, newest only. Owned by the stack's owner; {@link #subscribe}
 * and {@link #cancel()} may come from elsewhere.
 */
final class ClientNotifications implements Notifications {
  private final Consumer<Runnable> onLoop;
  private final Runnable canceller;
  private final EventSink events;
  private Optional<Listener> listener = Optional.empty();
  private Optional<Response> newest = Optional.empty();
  private Optional<End> ended = Optional.empty();
  private final AtomicBoolean subscribed = new AtomicBoolean();
  private boolean over;

  ClientNotifications(Consumer<Runnable> onLoop, Runnable canceller, EventSink events) {
    this.onLoop = onLoop;
    this.canceller = canceller;
    this.events = events;
  }

  @Override
  public void subscribe(Listener newListener) {
    if (!subscribed.compareAndSet(false, true)) {
      throw new IllegalStateException("notifications are subscribed to once");
    }
    onLoop.accept(() -> attach(newListener));
  }

  private void attach(Listener newListener) {
    listener = Optional.of(newListener);
    newest.ifPresent(this::tell);
    newest = Optional.empty();
    ended.ifPresent(this::tellEnd);
  }

  @Override
  public void cancel() {
    onLoop.accept(canceller);
  }

  void push(Response notification) {
    if (over) {
      return;
    }
    if (listener.isPresent()) {
      tell(notification);
    } else {
      newest = Optional.of(notification);
    }
  }

  void end(End reason) {
    if (!over) {
      over = true;
      ended = Optional.of(reason);
      tellEnd(reason);
    }
  }

  private void tell(Response notification) {
    try {
      listener.ifPresent(l -> l.onNotification(notification));
    } catch (RuntimeException | StackOverflowError fault) {
      events.emit(StackEvent.StageFailed.of("a notification's listener", fault));
    }
  }

  private void tellEnd(End reason) {
    try {
      listener.ifPresent(l -> l.onEnd(reason));
    } catch (RuntimeException | StackOverflowError fault) {
      events.emit(StackEvent.StageFailed.of("a notification's listener", fault));
    }
  }
}
