package dev.moat.endpoint.stack;

import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.OptionRegistry;
import dev.moat.coap.option.Options;
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
 * options that this endpoint does not act on are refused, now under protection, and so is what is
 * meant for a proxy (RFC 7252, Sections 5.4.1 and 5.10.2; RFC 8613, Section 8.2, step 8). The
 * budget of the answer is what protection leaves of it.
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
    Optional<Response> refusal = refusal(request.options());
    return refusal.isPresent()
        ? CompletableFuture.completedFuture(Reply.of(refusal.get()))
        : renewable(budgeted(request), next);
  }

  private Optional<Response> refusal(Options options) {
    if (!registry.understandsAll(options)) {
      List<Option> critical = registry.recognise(options).unprocessableCritical();
      if (!critical.isEmpty()) {
        String name = registry.nameOf(critical.get(0).number());
        return Optional.of(Response.diagnostic(Code.BAD_OPTION, "cannot process " + name));
      }
    }
    // Where a proxy looks for them they are refused already; inside they are out of place.
    boolean elsewhere =
        options.has(OptionNumber.PROXY_URI) || options.has(OptionNumber.PROXY_SCHEME);
    return elsewhere ? Optional.of(Response.of(Code.PROXYING_NOT_SUPPORTED)) : Optional.empty();
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
