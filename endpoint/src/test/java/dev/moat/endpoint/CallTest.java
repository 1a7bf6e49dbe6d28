package dev.moat.endpoint;

import static dev.moat.endpoint.Loopback.cause;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.uri.CoapUri;
import dev.moat.endpoint.credentials.HandshakeFailure;
import dev.moat.endpoint.stack.Cancellation;
import dev.moat.endpoint.stack.EndpointLoop;
import dev.moat.endpoint.stack.Requests;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What becomes of a request whose connection ends before it left, on a loop made by hand. */
class CallTest {
  private static final CoapUri URI = CoapUri.parse("coap+tcp://127.0.0.1/lock");

  private final ByHand route = new ByHand();
  private final PeerFinder finder = new PeerFinder(Duration.ofSeconds(1));
  private int landed;

  @Test
  void takesAnotherConnectionWhenNothingLeft() {
    route.answers.add(request -> lost(request, Outcome.Cause.NO_CONNECTION));
    route.answers.add(CallTest::answered);
    CompletableFuture<Outcome> result = begin();
    route.runAll();
    assertThat(result.join()).isInstanceOf(Outcome.Responded.class);
    assertThat(route.asked).extracting(Peer::association).containsExactly(1L, 2L);
    assertThat(result.join().request().peer().association()).isEqualTo(2);
    assertThat(landed).isEqualTo(1);
  }

  @Test
  void doesSoOnce() {
    route.answers.add(request -> lost(request, Outcome.Cause.NO_CONNECTION));
    route.answers.add(request -> lost(request, Outcome.Cause.NO_CONNECTION));
    CompletableFuture<Outcome> result = begin();
    route.runAll();
    assertThat(cause(result.join())).isEqualTo(Outcome.Cause.NO_CONNECTION);
    assertThat(route.asked).hasSize(2);
  }

  @Test
  void neverRepeatsWhatMayHaveLeft() {
    route.answers.add(request -> new Outcome.Unknown(request, Outcome.Doubt.CONNECTION_LOST));
    CompletableFuture<Outcome> result = begin();
    route.runAll();
    assertThat(result.join()).isInstanceOf(Outcome.Unknown.class);
    assertThat(route.asked).hasSize(1);
  }

  @Test
  void tellsWhyNoConnectionCameAbout() {
    route.failure = Optional.of(new HandshakeFailure("the door is painted on"));
    Outcome outcome = begin().join();
    assertThat(cause(outcome)).isEqualTo(Outcome.Cause.NO_CONNECTION);
    assertThat(AllSchemes.reason(outcome)).isEqualTo("the door is painted on");
    assertThat(landed).isEqualTo(1);
  }

  @Test
  void endsWithTheLoop() {
    route.answers.add(request -> lost(request, Outcome.Cause.NO_CONNECTION));
    route.ended = true;
    assertThat(cause(begin().join())).isEqualTo(Outcome.Cause.CLOSED);
  }

  private CompletableFuture<Outcome> begin() {
    Request request =
        ClientRequest.of(Code.GET, URI.toString())
            .to(new Peer(0, 0, 1, 0, 0))
            .withFact(Call.URI, URI);
    Call call = new Call(request, route, finder, UnaryOperator.identity(), () -> landed++);
    call.begin(URI, Optional.empty(), 0);
    return call.result();
  }

  private static Outcome lost(Request request, Outcome.Cause cause) {
    return new Outcome.NotDelivered(request, cause);
  }

  private static Outcome answered(Request request) {
    return new Outcome.Responded(request, Reply.of(Response.of(Code.CONTENT)));
  }

  /** A route whose connections are numbers and whose loop runs when told to. */
  private static final class ByHand implements Route, EndpointLoop, Requests {
    private final Queue<TimedTask> tasks = new ArrayDeque<>();
    private final Queue<Function<Request, Outcome>> answers = new ArrayDeque<>();
    private final List<Peer> asked = new ArrayList<>();
    private Optional<HandshakeFailure> failure = Optional.empty();
    private boolean ended;
    private long connections;

    void runAll() {
      for (TimedTask task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run(0);
      }
    }

    @Override
    public EndpointLoop loop() {
      return this;
    }

    @Override
    public Requests requests() {
      return this;
    }

    @Override
    public CompletableFuture<Peer> peer(CoapUri uri, Peer address) {
      if (failure.isPresent()) {
        return CompletableFuture.failedFuture(failure.get());
      }
      return CompletableFuture.completedFuture(
          new Peer(address.high(), address.low(), address.port(), 0, ++connections));
    }

    @Override
    public boolean isConnectionLost(Outcome.Cause cause) {
      return cause == Outcome.Cause.NO_CONNECTION;
    }

    @Override
    public CompletionStage<Outcome> request(Request request, long now) {
      asked.add(request.peer());
      return CompletableFuture.completedFuture(answers.remove().apply(request));
    }

    @Override
    public void cancel(Cancellation cancellation) {}

    @Override
    public CompletionStage<OptionalLong> ping(Peer peer, long now) {
      return CompletableFuture.completedFuture(OptionalLong.empty());
    }

    @Override
    public boolean isOwner() {
      return true;
    }

    @Override
    public void execute(Runnable task) {
      execute(now -> task.run());
    }

    @Override
    public void execute(TimedTask task) {
      if (ended) {
        throw new RejectedExecutionException();
      }
      tasks.add(task);
    }

    @Override
    public Future<?> schedule(Duration delay, Runnable task) {
      throw new UnsupportedOperationException("no timers here");
    }

    @Override
    public void close() {
      finish();
    }

    private void finish() {
      ended = true;
    }
  }
}
