package dev.moat.oscore.rekey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.ResponseGate;
import dev.moat.coap.service.Service;
import dev.moat.crypto.JdkCrypto;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.filter.SecuredBy;
import dev.moat.oscore.rekey.RekeyException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What B.2 and KUDOS have in common. */
final class RekeyTest {
  private final List<SecurityContext> made = new ArrayList<>();
  private final ContextOnDemandFilter filter = new ContextOnDemandFilter(event -> {});

  private SecurityContext context() {
    return FreshContexts.unrecorded(Messages.client(), JdkCrypto.create());
  }

  private final class Making implements ContextOnDemand.Procedure {
    @Override
    public CompletionStage<SecurityContext> run(Peer peer, Service<Request, Outcome> lower) {
      SecurityContext fresh = context();
      made.add(fresh);
      return CompletableFuture.completedFuture(fresh);
    }

    @Override
    public boolean isLost(Outcome outcome) {
      return false;
    }
  }

  private static CompletionStage<Outcome> unanswered(Request request) {
    return CompletableFuture.completedFuture(
        new Outcome.Unknown(request, Outcome.Doubt.NO_RESPONSE));
  }

  private static Request demanding(ContextOnDemand demand) {
    return Messages.get().withFact(ContextOnDemand.KEY, demand);
  }

  @Test
  void oneResponseCounts() {
    ResponseGate[] gate = new ResponseGate[1];
    var unused =
        RekeyExchange.send(
            Messages.get(),
            Response::code,
            request -> {
              gate[0] = request.context().find(ResponseGate.KEY).orElseThrow();
              return unanswered(request);
            });
    Response genuine = Messages.withOption(Response.of(Code.CHANGED), Bytes.empty());

    assertThat(gate[0].judge(genuine)).isInstanceOf(ResponseGate.Accepted.class);
    assertThat(gate[0].judge(genuine)).isInstanceOf(ResponseGate.Ignored.class);
  }

  @Test
  void aRefusalTellsNoMoreThanADecryptionThatFailed() {
    assertThat(RekeyRefusals.to(new RekeyException(Reason.DOWNGRADE)).payload().toUtf8())
        .isEqualTo("Decryption failed");
    assertThat(RekeyRefusals.to(new RekeyException(Reason.BUSY)).code())
        .isEqualTo(Code.SERVICE_UNAVAILABLE);
  }

  @Test
  void aRequestThatEndsByAFaultIsOutstandingNoMore() {
    ContextOnDemand demand = new ContextOnDemand(new Making(), context());
    CompletableFuture<Outcome> faulty = new CompletableFuture<>();
    var unused = filter.handle(demanding(demand), request -> faulty);
    demand.renew();
    CompletionStage<Outcome> next = filter.handle(demanding(demand), RekeyTest::unanswered);
    assertThat(made).isEmpty();

    faulty.completeExceptionally(new IllegalStateException("a fault"));
    assertThat(made).hasSize(1);
    assertThat(next.toCompletableFuture()).isCompleted();
  }

  @Test
  void aRunThatEndsByAFaultKeepsNobodyWaiting() {
    List<Event> events = new ArrayList<>();
    CompletableFuture<Outcome> open = new CompletableFuture<>();
    ContextOnDemand demand =
        new ContextOnDemand(
            new ContextOnDemand.Procedure() {
              @Override
              public CompletionStage<SecurityContext> run(
                  Peer peer, Service<Request, Outcome> lower) {
                throw new IllegalStateException("words that may quote content");
              }

              @Override
              public boolean isLost(Outcome outcome) {
                return true;
              }
            },
            context());
    ContextOnDemandFilter reporting = new ContextOnDemandFilter(events::add);
    CompletionStage<Outcome> first = reporting.handle(demanding(demand), request -> open);
    demand.renew();
    CompletionStage<Outcome> waiting = reporting.handle(demanding(demand), RekeyTest::unanswered);
    open.complete(new Outcome.Unknown(Messages.get(), Outcome.Doubt.NO_RESPONSE));

    assertThat(first.toCompletableFuture())
        .isCompletedWithValueMatching(Outcome.Unknown.class::isInstance);
    assertThat(waiting.toCompletableFuture())
        .isCompletedWithValueMatching(Outcome.NotDelivered.class::isInstance);
    assertThat(events).hasSize(1);
    assertThat(events.get(0).describe())
        .contains("IllegalStateException")
        .doesNotContain("content");
  }

  @Test
  void aRequestWaitsWhileSeveralAreOutstanding() {
    ContextOnDemand demand = new ContextOnDemand(new Making());
    List<CompletableFuture<Outcome>> outstanding = new ArrayList<>();
    List<Request> sent = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      CompletableFuture<Outcome> open = new CompletableFuture<>();
      outstanding.add(open);
      var unused =
          filter.handle(
              demanding(demand),
              request -> {
                sent.add(request);
                return open;
              });
    }
    assertThat(sent.get(0).context().find(SecuredBy.KEY)).contains(made.get(0));
    demand.renew();
    var unused = filter.handle(demanding(demand), RekeyTest::unanswered);
    outstanding.get(0).complete(new Outcome.Unknown(sent.get(0), Outcome.Doubt.NO_RESPONSE));
    assertThat(made).hasSize(1);
    assertThat(made.get(0).isClosed()).isFalse();
    outstanding.get(1).complete(new Outcome.Unknown(sent.get(1), Outcome.Doubt.NO_RESPONSE));

    assertThat(made).hasSize(2);
    assertThat(made.get(0).isClosed()).isTrue();
  }

  @Test
  void theContextGoesOnWhenAnAttemptFails() {
    SecurityContext first = context();
    ContextOnDemand demand =
        new ContextOnDemand(
            new ContextOnDemand.Procedure() {
              @Override
              public CompletionStage<SecurityContext> run(
                  Peer peer, Service<Request, Outcome> lower) {
                return CompletableFuture.failedFuture(new RekeyException(Reason.UNANSWERED));
              }

              @Override
              public boolean isLost(Outcome outcome) {
                return true;
              }
            },
            first);
    demand.renew();
    assertThat(filter.handle(demanding(demand), RekeyTest::unanswered).toCompletableFuture())
        .isCompletedWithValueMatching(Outcome.Unknown.class::isInstance);
    assertThat(first.isClosed()).isFalse();
    assertThat(filter.handle(demanding(demand), RekeyTest::unanswered).toCompletableFuture())
        .isCompletedWithValueMatching(Outcome.NotDelivered.class::isInstance);
    assertThat(first.isClosed()).as("doubted").isTrue();
  }
}
