package dev.moat.endpoint.stack;

import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionRegistry;
import dev.moat.coap.option.Recognised;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import dev.moat.engine.AmplificationPolicy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Server: does for a verified inner request what the engine did for the message outside. Critical
 * options that this endpoint does not act on are refused, now under protection (RFC 7252, Section
 * 5.4.1; RFC 8613, Section 8.2, step 8), and the budget of the answer is what protection leaves of
 * it.
 */
final class InnerRequests implements Filter<Request, Reply> {
  /** OSCORE option with a Partial IV, Observe, marker, inner code and tag. */
  private static final int PROTECTION_OCTETS = 2 + 6 + 4 + 1 + 1 + 16;

  private final OptionRegistry registry;

  InnerRequests(OptionRegistry registry) {
    this.registry = registry;
  }

  @Override
  public CompletionStage<Reply> handle(Request request, Service<Request, Reply> next) {
    if (request.arrival().security() != Arrival.Security.OSCORE) {
      return next.handle(request);
    }
    Request budgeted = budgeted(request);
    if (!registry.understandsAll(request.options())) {
      Recognised recognised = registry.recognise(request.options());
      List<Option> critical = recognised.unprocessableCritical();
      return critical.isEmpty()
          ? renewable(budgeted, next)
          : CompletableFuture.completedFuture(Reply.of(refusal(critical.get(0))));
    }
    return renewable(budgeted, next);
  }

  private Response refusal(Option critical) {
    return Response.diagnostic(
        Code.BAD_OPTION, "cannot process " + registry.nameOf(critical.number()));
  }

  private static Request budgeted(Request request) {
    Optional<Integer> budget = request.context().find(AmplificationPolicy.ANSWER_BUDGET_OCTETS);
    return budget.isEmpty()
        ? request
        : request.withFact(
            AmplificationPolicy.ANSWER_BUDGET_OCTETS,
            Math.max(0, budget.get() - PROTECTION_OCTETS));
  }

  private static CompletionStage<Reply> renewable(Request request, Service<Request, Reply> next) {
    Optional<Renewal> renewal = request.context().find(Renewal.KEY);
    CompletionStage<Reply> reply = next.handle(request);
    return renewal.isEmpty() ? reply : reply.thenApply(renewal.get()::watch);
  }
}
