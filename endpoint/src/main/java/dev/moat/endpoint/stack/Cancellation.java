package dev.moat.endpoint.stack;

import dev.moat.coap.service.Context;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.engine.Outbound;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A handle to give a request up: put it into the request's context under {@link #KEY} before the
 * call. A stage may send several messages for one request; all of them are given up, and those that
 * would follow are not sent.
 *
 * <p>It is used by {@link Stack#cancel}, by the owner of the stack.
 */
public final class Cancellation {
  /** Where the stack looks for it. */
  public static final Context.Key<Cancellation> KEY = new Context.Key<>("cancellation");

  private final List<Outbound> open = new ArrayList<>(1);
  private Consumer<Outbound> canceller = exchange -> {};
  private Runnable endUnsent = () -> {};
  private boolean begun;
  private boolean cancelled;

  /**
   * Gives up; the call ends with an outcome that says what is known. A second call does nothing.
   */
  void cancel() {
    if (!cancelled) {
      cancelled = true;
      if (!begun) {
        endUnsent.run();
      }
      List.copyOf(open).forEach(canceller);
    }
  }

  /**
   * {@code outcome}, but a request that is given up while it waits for something else, such as a
   * context, ends at once: no message has been begun for it, and none will be.
   */
  CompletionStage<Outcome> endingUnsent(Request request, CompletionStage<Outcome> outcome) {
    if (begun || cancelled) {
      return outcome;
    }
    CompletableFuture<Outcome> first = new CompletableFuture<>();
    endUnsent =
        () -> first.complete(new Outcome.NotDelivered(request, Outcome.Cause.CANCELLED_UNSENT));
    var unused =
        outcome.whenComplete(
            (end, failure) -> {
              if (failure == null) {
                first.complete(end);
              } else {
                first.completeExceptionally(failure);
              }
            });
    return first;
  }

  boolean isCancelled() {
    return cancelled;
  }

  void opened(Outbound exchange, Consumer<Outbound> onCancel) {
    begun = true;
    canceller = onCancel;
    open.add(exchange);
  }

  void closed(Outbound exchange) {
    open.remove(exchange);
  }
}
