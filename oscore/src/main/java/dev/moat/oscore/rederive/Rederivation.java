package dev.moat.oscore.rederive;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Outcome.Doubt;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Service;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.rekey.ContextOnDemand;
import dev.moat.oscore.rekey.RekeyException;
import dev.moat.oscore.rekey.RekeyExchange;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The client's part of Appendix B.2 as a procedure that runs before the first request, and again
 * when the server seems to have lost the context. Both requests are GET without path, so that the
 * application's are sent under a confirmed context only; that costs one round trip more than an
 * application's request #2 would.
 */
public final class Rederivation implements ContextOnDemand.Procedure {
  /** How requests end when a server has lost the context, among other reasons. */
  private static final Set<Doubt> SIGNS =
      EnumSet.of(Doubt.UNPROTECTED_ERROR, Doubt.NO_ACKNOWLEDGEMENT, Doubt.NO_RESPONSE);

  private final RederivationInputs inputs;

  /** Derives from {@code inputs}. */
  public Rederivation(RederivationInputs inputs) {
    this.inputs = inputs;
  }

  @Override
  public CompletionStage<SecurityContext> run(Peer peer, Service<Request, Outcome> lower) {
    Request inner = Request.to(peer, Code.GET, "");
    try {
      AwaitingChallenge first = inputs.begin(inner);
      return RekeyExchange.send(
              first.outer().orElseThrow(), answer -> first.receive(answer, inner), lower)
          .thenCompose(second -> confirm(second, lower));
    } catch (RekeyException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private static CompletionStage<SecurityContext> confirm(
      AwaitingConfirmation second, Service<Request, Outcome> lower) {
    return RekeyExchange.send(second.outer(), second::receive, lower)
        .whenComplete((confirmed, failure) -> second.close())
        .thenApply(AwaitingConfirmation.Confirmed::context);
  }

  @Override
  public boolean isLost(Outcome outcome) {
    return outcome.fold(
        responded -> false, notDelivered -> false, unknown -> SIGNS.contains(unknown.doubt()));
  }
}
