package dev.moat.endpoint.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.freshness.FreshnessConfig;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.ResourcePolicy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OffloadTest {
  private static final ResourcePolicy LOCK =
      Resource.at("/lock")
          .put(request -> Response.of(Code.CHANGED))
          .freshFor(Duration.ofSeconds(5))
          .policy();

  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final AtomicInteger executed = new AtomicInteger();
  private long nowNanos = 1_000;

  @Test
  void executesWhatWaitedForLessThanTheWindow() {
    assertThat(afterWaiting(Duration.ofSeconds(5), Code.PUT)).isEqualTo(Code.CHANGED);
    assertThat(executed).hasValue(1);
  }

  @Test
  void refusesAnUnsafeRequestThatGrewStaleInTheQueue() {
    Duration tooLong = Duration.ofSeconds(5).plusNanos(1);
    assertThat(afterWaiting(tooLong, Code.PUT)).isEqualTo(Code.SERVICE_UNAVAILABLE);
    assertThat(executed).hasValue(0);
  }

  @Test
  void executesASafeRequestHoweverLongItWaited() {
    assertThat(afterWaiting(Duration.ofHours(1), Code.GET)).isEqualTo(Code.CHANGED);
  }

  @Test
  void answersForAFullQueue() {
    Offload full =
        new Offload(
            task -> {
              throw new RejectedExecutionException("full");
            },
            FreshnessConfig.defaults(),
            () -> nowNanos);
    assertThat(code(full.handle(request(Code.PUT), this::execute).toCompletableFuture()))
        .isEqualTo(Code.SERVICE_UNAVAILABLE);
  }

  private Code afterWaiting(Duration wait, Code method) {
    Offload offload = new Offload(waiting::add, FreshnessConfig.defaults(), () -> nowNanos);
    CompletableFuture<Reply> reply =
        offload.handle(request(method), this::execute).toCompletableFuture();
    nowNanos += wait.toNanos();
    waiting.remove().run();
    return code(reply);
  }

  private CompletableFuture<Reply> execute(Request request) {
    executed.incrementAndGet();
    return CompletableFuture.completedFuture(Reply.of(Response.of(Code.CHANGED)));
  }

  private Request request(Code method) {
    Arrival arrival = new Arrival(nowNanos, Bytes.of(1), 20, false, true, Arrival.Security.NONE);
    return Request.to(Peer.of(Bytes.of(127, 0, 0, 1), 5683), method, "/lock")
        .withFact(Arrival.KEY, arrival)
        .withFact(ResourcePolicy.KEY, LOCK);
  }

  private static Code code(CompletableFuture<Reply> reply) {
    return reply.join().first().code();
  }
}
