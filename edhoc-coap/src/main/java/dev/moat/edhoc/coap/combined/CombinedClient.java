package dev.moat.edhoc.coap.combined;

import dev.moat.bytes.Bytes;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import dev.moat.edhoc.coap.EdhocExchange;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Client: sends message_3 in one message with the first request under the new security context (RFC
 * 9668, Section 3.2).
 *
 * <p>Two stages around the one that protects. The outer sees every single message that is going to
 * be protected, hence each inner block and each repetition, and its verified outcome: it decides
 * which of them carries message_3, lets the others wait, and sends message_3 by itself where the
 * two together would be too long. The inner puts it before the ciphertext.
 */
public final class CombinedClient {
  /** What OSCORE and the message itself add at most, besides options and payload. */
  private static final int OVERHEAD_OCTETS = 64;

  /** In the context of the one message that carries it. */
  private static final Context.Key<Bytes> CARRIED = new Context.Key<>("carried message_3");

  private static final Option EDHOC = new Option(OptionNumber.EDHOC, Bytes.empty());

  private final int maxCombinedOctets;

  /**
   * Combines what stays within a length.
   *
   * @param maxCombinedOctets of a whole message: MAX_UNFRAGMENTED_SIZE, or less where a longer
   *     message would not go in one piece (RFC 9668, Section 3.2.2)
   */
  public CombinedClient(int maxCombinedOctets) {
    this.maxCombinedOctets = maxCombinedOctets;
  }

  /** Stands outside of the stage that protects. */
  public Filter<Request, Outcome> outer() {
    return this::decide;
  }

  /** Stands inside of the stage that protects. */
  public Filter<Request, Outcome> inner() {
    return CombinedClient::combine;
  }

  private CompletionStage<Outcome> decide(Request request, Service<Request, Outcome> next) {
    Optional<PendingMessage3> found = request.context().find(PendingMessage3.KEY);
    if (found.isEmpty() || found.get().isDelivered()) {
      return next.handle(request);
    }
    PendingMessage3 pending = found.get();
    if (pending.begin()) {
      return fits(request, pending)
          ? carry(request, pending, next)
          : sendAhead(request, pending, next);
    }
    return pending
        .awaitTurn()
        .thenCompose(
            waited ->
                waited
                    ? decide(request, next)
                    : CompletableFuture.completedFuture(
                        new Outcome.NotDelivered(request, Outcome.Cause.QUEUE_FULL)));
  }

  private boolean fits(Request request, PendingMessage3 pending) {
    int optionOctets = 0;
    for (Option option : request.options()) {
      optionOctets += option.value().length() + 5;
    }
    return OVERHEAD_OCTETS + optionOctets + request.payload().length() + pending.message3().length()
        <= maxCombinedOctets;
  }

  /** What is further in has verified a response, so that the server has the keys. */
  private static CompletionStage<Outcome> carry(
      Request request, PendingMessage3 pending, Service<Request, Outcome> next) {
    return next.handle(request.withFact(CARRIED, pending.message3()))
        .whenComplete((outcome, fault) -> pending.ended(outcome instanceof Outcome.Responded))
        .thenApply(outcome -> outcome.about(request));
  }

  /** RFC 9668, Section 3.2.2, step B: the sequential workflow. */
  private static CompletionStage<Outcome> sendAhead(
      Request request, PendingMessage3 pending, Service<Request, Outcome> next) {
    return EdhocExchange.send(pending.alone(), Optional::of, next)
        .whenComplete((ending, fault) -> pending.ended(isAccepted(ending)))
        .thenCompose(
            ending ->
                isAccepted(ending)
                    ? next.handle(request)
                    : CompletableFuture.completedFuture(notSent(request)));
  }

  private static boolean isAccepted(EdhocExchange.@Nullable Ending<Response> ending) {
    return ending != null && ending.accepted().isPresent();
  }

  private static Outcome notSent(Request request) {
    return new Outcome.NotDelivered(request, Outcome.Cause.NOT_SENDABLE);
  }

  private static CompletionStage<Outcome> combine(Request outer, Service<Request, Outcome> next) {
    Optional<Bytes> carried = outer.context().find(CARRIED);
    if (carried.isEmpty() || !outer.options().has(OptionNumber.OSCORE)) {
      return next.handle(outer);
    }
    Bytes combined = new CombinedPayload(carried.get(), outer.payload()).encoded();
    return next.handle(outer.withPayload(combined).with(EDHOC))
        .thenApply(outcome -> outcome.about(outer));
  }
}
