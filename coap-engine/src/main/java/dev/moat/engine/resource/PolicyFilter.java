package dev.moat.engine.resource;

import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Refuses what the resource's policy forbids, and leaves the policy in the context under {@link
 * ResourcePolicy#KEY} for the stages behind. Also refuses what no handler will take, before a
 * challenge or a block assembly is spent on it.
 */
public final class PolicyFilter implements Filter<Request, Reply> {
  private final Router router;
  private final PolicyGate gate;

  /** Looks policies up in {@code router}. */
  public PolicyFilter(Router router, PolicyConfig config, EventSink events) {
    this.router = router;
    this.gate = new PolicyGate(config, events);
  }

  @Override
  public CompletionStage<Reply> handle(Request request, Service<Request, Reply> next) {
    Optional<Resource> resource = router.find(request);
    ResourcePolicy policy = resource.map(Resource::policy).orElse(ResourcePolicy.OPEN);
    String template = resource.map(Resource::template).orElse("(no resource)");
    // Security first: who must not ask learns nothing about paths and methods of a closed server.
    Optional<Response> refusal =
        gate.checkSecurity(request, template, policy)
            .or(() -> Router.refusalFor(request, resource))
            .or(() -> gate.checkConfirmable(request, template, policy));
    return refusal.isPresent()
        ? CompletableFuture.completedFuture(Reply.of(refusal.get()))
        : next.handle(request.withFact(ResourcePolicy.KEY, policy));
  }
}
