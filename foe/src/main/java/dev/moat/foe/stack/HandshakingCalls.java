package dev.moat.foe.stack;

import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.foe.field.Party;
import dev.moat.oscore.rekey.ContextOnDemand;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** Calls under a context that a handshake establishes, with the first call or before it. */
final class HandshakingCalls implements Party.Calls {
  private final Party.Calls plain;
  private final ContextOnDemand.Procedure procedure;
  private final boolean beforehand;
  private final LongSupplier nanoClock;
  private ContextOnDemand contexts;
  private boolean established;

  HandshakingCalls(
      Party.Calls plain,
      ContextOnDemand.Procedure procedure,
      boolean beforehand,
      LongSupplier nanoClock) {
    this.plain = plain;
    this.procedure = procedure;
    this.beforehand = beforehand;
    this.nanoClock = nanoClock;
    this.contexts = new ContextOnDemand(procedure);
  }

  @Override
  public CompletionStage<Outcome> request(Request request, long nowNanos) {
    return plain.request(request.withFact(ContextOnDemand.KEY, contexts), nowNanos);
  }

  @Override
  public CompletionStage<Boolean> prepare(Peer server, long nowNanos) {
    if (!beforehand || established) {
      return plain.prepare(server, nowNanos);
    }
    return plain
        .prepare(server, nowNanos)
        .thenCompose(is -> is ? shakeHands(server) : CompletableFuture.completedFuture(false));
  }

  private CompletionStage<Boolean> shakeHands(Peer server) {
    return procedure
        .run(server, request -> plain.request(request, nanoClock.getAsLong()))
        .handle(
            (context, failure) -> {
              if (failure == null) {
                established = true;
                contexts = new ContextOnDemand(procedure, context);
              }
              return failure == null;
            });
  }
}
