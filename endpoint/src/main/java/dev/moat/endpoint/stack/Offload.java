package dev.moat.endpoint.stack;

import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs handlers on an executor, where they may block. What it refuses to take is answered with
 * 5.03.
 */
final class Offload implements Filter<Request, Reply> {
  private static final int RETRY_SECONDS = 2;

  private final Executor executor;

  Offload(Executor executor) {
    this.executor = executor;
  }

  @Override
  public CompletionStage<Reply> handle(Request request, Service<Request, Reply> next) {
    CompletableFuture<Reply> done = new CompletableFuture<>();
    try {
      executor.execute(() -> run(request, next, done));
    } catch (RejectedExecutionException full) {
      // RFC 7252, Section 5.9.3.4: Max-Age says when to come back.
      Response busy = Response.of(Code.SERVICE_UNAVAILABLE);
      done.complete(Reply.of(busy.with(Option.uint(OptionNumber.MAX_AGE, RETRY_SECONDS))));
    }
    return done;
  }

  private static void run(
      Request request, Service<Request, Reply> next, CompletableFuture<Reply> done) {
    try {
      var unused =
          next.handle(request)
              .whenComplete(
                  (reply, failure) -> {
                    if (failure == null) {
                      done.complete(reply);
                    } else {
                      done.completeExceptionally(failure);
                    }
                  });
    } catch (RuntimeException | StackOverflowError fault) {
      done.completeExceptionally(fault);
    }
  }
}
