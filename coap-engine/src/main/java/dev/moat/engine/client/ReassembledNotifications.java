package dev.moat.engine.client;

import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.block.BlockEvent;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Notifications whose bodies are gathered whole (RFC 7959, Section 2.6). A newer notification makes
 * an older one that is still being gathered worthless; one that cannot be gathered is skipped, and
 * a listener that fails on one gets the next all the same. Both are told to the operator.
 */
final class ReassembledNotifications implements Notifications {
  private final Request request;
  private final Notifications source;
  private final EventSink events;
  private final Function<Response, CompletionStage<Optional<Response>>> gather;
  private long newest;
  private boolean over;

  /** {@code request} is what was observed, {@code gather} gives the whole of a first block. */
  ReassembledNotifications(
      Request request,
      Notifications source,
      Function<Response, CompletionStage<Optional<Response>>> gather,
      EventSink events) {
    this.request = request;
    this.source = source;
    this.gather = gather;
    this.events = events;
  }

  @Override
  public void subscribe(Listener listener) {
    source.subscribe(
        new Listener() {
          @Override
          public void onNotification(Response notification) {
            long number = ++newest;
            var unused =
                gather
                    .apply(notification)
                    .whenComplete((whole, failure) -> tell(listener, number, whole, failure));
          }

          @Override
          public void onEnd(End reason) {
            over = true;
            listener.onEnd(reason);
          }
        });
  }

  @Override
  public void cancel() {
    over = true;
    source.cancel();
  }

  private void tell(Listener listener, long number, Optional<Response> whole, Throwable failure) {
    if (number != newest || over) {
      return;
    }
    if (failure != null) {
      events.emit(
          new BlockEvent.TransferBroken(
              request.peer(), request.method(), BlockEvent.Reason.NO_ANSWER));
      return;
    }
    whole.ifPresent(notification -> deliver(listener, notification));
  }

  /** The stage that calls this would keep the listener's failure to itself. */
  private void deliver(Listener listener, Response notification) {
    try {
      listener.onNotification(notification);
    } catch (RuntimeException | StackOverflowError | AssertionError failure) {
      events.emit(
          new BlockEvent.ListenerFailed(
              request.peer(), request.method(), failure.getClass().getName()));
    }
  }
}
