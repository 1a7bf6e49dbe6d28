package dev.moat.oscore.kudos;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Service;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.ProtectedRequest;
import dev.moat.oscore.rekey.ContextOnDemand;
import dev.moat.oscore.rekey.RekeyException;
import dev.moat.oscore.rekey.RekeyExchange;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The client's part of KUDOS as a procedure: begun by {@link ContextOnDemand#renew}, or when keys
 * near their usage limits. The server's offers are not taken: this client begins by itself.
 */
public final class KudosUpdate implements ContextOnDemand.Procedure {
  private static final String RESOURCE = "/.well-known/kudos";

  private final AtomicReference<KudosClientIdle> idle;

  /** Begins with CTX_OLD, which the {@link ContextOnDemand} has too. */
  public KudosUpdate(KudosInputs inputs) {
    this.idle = new AtomicReference<>(new KudosClientIdle(inputs));
  }

  @Override
  public CompletionStage<SecurityContext> run(Peer peer, Service<Request, Outcome> lower) {
    try {
      KudosClientOffered offered = Objects.requireNonNull(idle.get()).offer();
      return send(offered, Request.to(peer, Code.GET, RESOURCE), lower)
          .whenComplete((confirmed, failure) -> idle.set(after(offered, confirmed)))
          .thenApply(KudosConfirmed::context);
    } catch (RekeyException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private static CompletionStage<KudosConfirmed> send(
      KudosClientOffered offered, Request inner, Service<Request, Outcome> lower) {
    try {
      ProtectedRequest request = offered.request(inner);
      return RekeyExchange.send(
          request.outer(), answer -> offered.receive(request.binding(), answer), lower);
    } catch (RekeyException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private static KudosClientIdle after(
      KudosClientOffered offered, @Nullable KudosConfirmed confirmed) {
    return confirmed == null ? offered.abandon() : new KudosClientIdle(confirmed.next());
  }

  /** Never: a server that loses contexts cannot run the FS mode. */
  @Override
  public boolean isLost(Outcome outcome) {
    return false;
  }
}
