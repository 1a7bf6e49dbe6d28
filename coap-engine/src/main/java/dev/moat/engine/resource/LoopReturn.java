package dev.moat.engine.resource;

import dev.moat.coap.service.Completed;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The innermost stage of a server: brings answers and notifications, wherever they were made, back
 * to the event loop that owns the stages further out.
 */
public final class LoopReturn implements Filter<Request, Reply> {
  private final Consumer<Runnable> loop;

  /** Runs what it is given on the event loop, at once when already there. */
  public LoopReturn(Consumer<Runnable> loop) {
    this.loop = loop;
  }

  @Override
  public CompletionStage<Reply> handle(Request request, Service<Request, Reply> next) {
    CompletionStage<Reply> answer = next.handle(request);
    // Already here: this stage is entered on the event loop, and a single reply brings nothing
    // later.
    if (Completed.valueOf(answer).filter(Reply.Single.class::isInstance).isPresent()) {
      return answer;
    }
    CompletableFuture<Reply> returned = new CompletableFuture<>();
    var unused =
        answer.whenComplete(
            (reply, failure) -> loop.accept(() -> complete(returned, reply, failure)));
    return returned;
  }

  private void complete(CompletableFuture<Reply> returned, Reply reply, Throwable failure) {
    if (failure != null) {
      returned.completeExceptionally(failure);
    } else if (reply instanceof Reply.Observed observed) {
      returned.complete(new Reply.Observed(observed.first(), onLoop(observed.notifications())));
    } else {
      returned.complete(reply);
    }
  }

  private Notifications onLoop(Notifications source) {
    return new Notifications() {
      @Override
      public void subscribe(Listener listener) {
        source.subscribe(onLoop(listener));
      }

      @Override
      public void cancel() {
        source.cancel();
      }

      @Override
      public boolean isConfirmable() {
        return source.isConfirmable();
      }
    };
  }

  private Notifications.Listener onLoop(Notifications.Listener listener) {
    AtomicReference<@Nullable Response> newest = new AtomicReference<>();
    return new Notifications.Listener() {
      @Override
      public void onNotification(Response notification) {
        // At most one task waits for each observer, however fast the states change.
        if (newest.getAndSet(notification) == null) {
          loop.accept(() -> listener.onNotification(taken(newest)));
        }
      }

      @Override
      public void onEnd(Notifications.End reason) {
        loop.accept(() -> listener.onEnd(reason));
      }
    };
  }

  private static Response taken(AtomicReference<@Nullable Response> newest) {
    return Objects.requireNonNull(newest.getAndSet(null));
  }
}
