package dev.moat.endpoint.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Service;
import dev.moat.engine.resource.Router;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.rekey.ContextOnDemand;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What is known of a request that was given up. */
class CancellationTest {
  private final VirtualWire wire = new VirtualWire();
  private final Stack client =
      wire.stack(
          VirtualWire.CLIENT,
          StackConfig.defaults().withOscore(OscoreConfig.forRequestsOnly()),
          Router.of());
  private final Cancellation cancellation = new Cancellation();
  private final Request request =
      Request.to(VirtualWire.SERVER, Code.PUT, "/lock").withFact(Cancellation.KEY, cancellation);

  private CompletableFuture<Outcome> send(Request toSend) {
    return wire.request(client, toSend).toCompletableFuture();
  }

  @Test
  void aRequestThatWaitsForItsContextEndsAtOnceAndIsNeverSent() {
    CompletableFuture<SecurityContext> run = new CompletableFuture<>();
    ContextOnDemand context = new ContextOnDemand(new Waiting(run));
    CompletableFuture<Outcome> outcome = send(request.withFact(ContextOnDemand.KEY, context));
    assertThat(outcome).isNotDone();

    client.cancel(cancellation);
    assertUnsent(outcome);
    run.complete(OscoreRig.derive(OscoreRig.parameters(7), 0));
    wire.settle();
    assertThat(wire.sent).isEmpty();
    assertUnsent(outcome);
  }

  @Test
  void aRequestThatHasLeftIsInDoubt() {
    CompletableFuture<Outcome> outcome = send(request);
    client.cancel(cancellation);
    wire.settle();

    assertThat(wire.sent).hasSize(1);
    assertThat(outcome)
        .isCompletedWithValueMatching(
            o -> o instanceof Outcome.Unknown u && u.doubt() == Outcome.Doubt.CANCELLED);
  }

  private static void assertUnsent(CompletableFuture<Outcome> outcome) {
    assertThat(outcome)
        .isCompletedWithValueMatching(
            o ->
                o instanceof Outcome.NotDelivered n && n.cause() == Outcome.Cause.CANCELLED_UNSENT);
  }

  private record Waiting(CompletionStage<SecurityContext> run)
      implements ContextOnDemand.Procedure {
    @Override
    public CompletionStage<SecurityContext> run(Peer peer, Service<Request, Outcome> lower) {
      return run;
    }

    @Override
    public boolean isLost(Outcome outcome) {
      return false;
    }
  }
}
