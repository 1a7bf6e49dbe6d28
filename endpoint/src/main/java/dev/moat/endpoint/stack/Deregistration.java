package dev.moat.endpoint.stack;

import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.engine.Outbound;
import java.util.concurrent.CompletionStage;

/**
 * Ends an observation by a request that passes through the stages further out again. A protected
 * registration cannot be sent once more with another Observe: its cancellation is protected anew
 * (RFC 8613, Section 4.1.3.5.1).
 */
@FunctionalInterface
interface Deregistration {
  /** Where the innermost service looks for it. */
  Context.Key<Deregistration> KEY = new Context.Key<>("deregistration");

  /** Sends the request that deregisters {@code observed}, under its token. */
  CompletionStage<Outcome> send(Outbound observed);

  /** The stage that leaves it behind; stands outside of whatever protects requests. */
  static Filter<Request, Outcome> stage() {
    return (request, next) ->
        request.options().observe().orElse(1) == 0
            ? next.handle(request.withFact(KEY, observed -> next.handle(again(request, observed))))
                .thenApply(outcome -> outcome.about(request))
            : next.handle(request);
  }

  private static Request again(Request registration, Outbound observed) {
    // RFC 7641, Section 3.6: all options as in the registration, but for Observe. Giving up the
    // registration does not give this up.
    return registration
        .with(Option.uint(OptionNumber.OBSERVE, 1))
        .withFact(Outbound.SAME_TOKEN_AS, observed)
        .withFact(Cancellation.KEY, new Cancellation());
  }
}
