package dev.moat.engine.resource;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Completed;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Turns whatever goes wrong in a handler into 5.00 without detail on the wire and one event with
 * the class.
 */
final class HandlerGuard {
  private final EventSink events;

  HandlerGuard(EventSink events) {
    this.events = events;
  }

  CompletionStage<Reply> run(String template, Request request, Service<Request, Reply> handler) {
    CompletionStage<Reply> stage;
    try {
      stage = Objects.requireNonNull(handler.handle(request), "stage");
    } catch (RuntimeException | StackOverflowError | AssertionError failure) {
      return CompletableFuture.completedFuture(failed(template, request, failure));
    }
    if (Completed.valueOf(stage).isPresent()) {
      return stage;
    }
    return stage.handle(
        (reply, failure) -> {
          if (failure != null) {
            return failed(template, request, unwrap(failure));
          }
          return reply == null
              ? failed(template, request, new NullPointerException("reply"))
              : reply;
        });
  }

  private Reply failed(String template, Request request, Throwable failure) {
    events.emit(
        new ResourceEvent.HandlerFailed(template, request.method(), failure.getClass().getName()));
    return Reply.of(Response.of(Code.INTERNAL_SERVER_ERROR));
  }

  private static Throwable unwrap(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
