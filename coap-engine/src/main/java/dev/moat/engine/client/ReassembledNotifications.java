package dev.moat.engine.client;

import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Response;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Notifications whose bodies are gathered whole (RFC 7959, Section 2.6). A newer notification makes
 * an older one that is still being gathered worthless; one that cannot be gathered is skipped.
 */
final class ReassembledNotifications implements Notifications {
  private final Notifications source;
  private final Function<Response, CompletionStage<Optional<Response>>> gather;
  private long newest;
  private boolean over;

  ReassembledNotifications(
      Notifications source, Function<Response, CompletionStage<Optional<Response>>> gather) {
    this.source = source;
    this.gather = gather;
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
    boolean current = failure == null && number == newest && !over;
    if (current) {
      whole.ifPresent(listener::onNotification);
    }
  }
}
