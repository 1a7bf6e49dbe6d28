package dev.moat.endpoint.stack;

import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import dev.moat.engine.freshness.FreshnessConfig;
import dev.moat.engine.resource.ResourcePolicy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;

/**
 * Runs handlers on an executor, where they may block. What it refuses to take is answered with
 * 5.03, and so is an unsafe request that waited there for longer than its resource's freshness
 * window: it was fresh when it was let in, and would be executed stale.
 */
final class Offload implements Filter<Request, Reply> {
  private static final int RETRY_SECONDS = 2;

  private final Executor executor;
  private final FreshnessConfig freshness;
  private final LongSupplier clock;

  /** The clock is read on the executor's threads. */
  Offload(Executor executor, FreshnessConfig freshness, LongSupplier clock) {
    this.executor = executor;
    this.freshness = freshness;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Reply> handle(Request request, Service<Request, Reply> next) {
    CompletableFuture<Reply> done = new CompletableFuture<>();
    try {
      executor.execute(() -> run(request, next, done));
    } catch (RejectedExecutionException full) {
      done.complete(busy());
    }
    return done;
  }

  /** RFC 7252, Section 5.9.3.4: Max-Age says when to come back. */
  private static Reply busy() {
    Response busy = Response.of(Code.SERVICE_UNAVAILABLE);
    return Reply.of(busy.with(Option.uint(OptionNumber.MAX_AGE, RETRY_SECONDS)));
  }

  private boolean waitedTooLong(Request request) {
    ResourcePolicy policy = request.context().find(ResourcePolicy.KEY).orElse(ResourcePolicy.OPEN);
    if (freshness.insecureOff() || !policy.freshness().covers(request.method())) {
      return false;
    }
    long windowNanos = freshness.windowNanos().orElse(policy.freshnessWindowNanos());
    return clock.getAsLong() - request.arrival().nanos() > windowNanos;
  }

  private void run(Request request, Service<Request, Reply> next, CompletableFuture<Reply> done) {
    if (waitedTooLong(request)) {
      done.complete(busy());
      return;
    }
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
