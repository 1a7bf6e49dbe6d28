package dev.moat.oscore.filter;

import dev.moat.bytes.Bytes;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.ResponseGate;
import dev.moat.coap.service.Service;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.ProtectedRequest;
import dev.moat.oscore.protect.Protector;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Client: protects requests, and lets no response count that does not verify (RFC 8613, Sections
 * 8.1 and 8.4).
 *
 * <p>The innermost stage but for outer block-wise: what is repeated further out, such as a block or
 * the answer to an Echo, is protected anew under a Partial IV of its own. A request with {@link
 * SecuredBy#KEY} never leaves without protection.
 */
public final class OscoreClientFilter implements Filter<Request, Outcome> {
  private final Protector protector;
  private final EventSink events;
  private final KeyWear wear;

  /** Protects with {@code protector}, which the same event loop owns. */
  public OscoreClientFilter(Protector protector, EventSink events) {
    this.protector = protector;
    this.events = events;
    this.wear = new KeyWear(events);
  }

  @Override
  public CompletionStage<Outcome> handle(Request request, Service<Request, Outcome> next) {
    Optional<SecurityContext> context = request.context().find(SecuredBy.KEY);
    if (context.isEmpty()) {
      return next.handle(request);
    }
    Request inner =
        SecuredBy.to(request, request.context().find(SecuredBy.WIRE_PEER).orElse(request.peer()));
    // Anyone can make up the challenge and hold the first copy back, which then acts later, after
    // the second was answered: no harm in what is safe, but in what is merely idempotent.
    boolean repeatable = request.method().isSafe();
    return new Exchange(context.get(), inner, next)
        .send(Optional.empty(), repeatable)
        .thenApply(outcome -> outcome.about(request));
  }

  /** One request, sent once or, with the value of an Outer Echo, a second time. */
  private final class Exchange {
    private final SecurityContext context;
    private final Request inner;
    private final Service<Request, Outcome> next;

    Exchange(SecurityContext context, Request inner, Service<Request, Outcome> next) {
      this.context = context;
      this.inner = inner;
      this.next = next;
    }

    CompletionStage<Outcome> send(Optional<Bytes> outerEcho, boolean repeatable) {
      if (inner.peer().isMulticast()) {
        return notSent(); // a pairwise context has one peer
      }
      ProtectedRequest sealed;
      try {
        sealed = protector.protectRequest(context, inner);
      } catch (OscoreException failure) {
        events.emit(new OscoreEvent.ProtectionFailed(inner.peer(), failure.reason()));
        return notSent();
      }
      wear.used(context);
      ResponseVerifier gate =
          new ResponseVerifier(protector, sealed.binding(), inner, repeatable, events);
      Request outer = outerEcho.map(echo -> echoing(sealed.outer(), echo)).orElse(sealed.outer());
      return next.handle(outer.withFact(ResponseGate.KEY, gate))
          .thenCompose(outcome -> concluded(outcome, gate));
    }

    private CompletionStage<Outcome> concluded(Outcome outcome, ResponseVerifier gate) {
      Optional<Bytes> challenge = gate.challenge();
      if (challenge.isPresent() && outcome instanceof Outcome.Responded) {
        return send(challenge, false).thenApply(this::ofBoth);
      }
      return CompletableFuture.completedFuture(
          outcome.fold(responded -> judged(responded, gate), n -> n, u -> u));
    }

    /** What the gate verified passes; the rest came in outer blocks, or should not be here. */
    private Outcome judged(Outcome.Responded responded, ResponseVerifier gate) {
      Response response = responded.response();
      if (gate.hasVerified(response)) {
        return gate.leavesDoubt()
            ? new Outcome.Unknown(responded.request(), Outcome.Doubt.SERVER_RESTARTED)
            : responded;
      }
      if (responded.reply() instanceof Reply.Observed observed) {
        observed.notifications().cancel();
      }
      Optional<Response> whole =
          response.options().has(OptionNumber.OSCORE) ? gate.whole(response) : Optional.empty();
      return whole
          .<Outcome>map(verified -> new Outcome.Responded(responded.request(), Reply.of(verified)))
          .orElseGet(() -> new Outcome.Unknown(responded.request(), Outcome.Doubt.UNVERIFIED));
    }

    /** The first copy is out there, whatever became of the second: a challenge proves nothing. */
    private Outcome ofBoth(Outcome second) {
      return second.fold(
          responded -> responded,
          notDelivered -> new Outcome.Unknown(inner, Outcome.Doubt.UNPROTECTED_ERROR),
          unknown -> unknown);
    }

    private CompletionStage<Outcome> notSent() {
      return CompletableFuture.completedFuture(
          new Outcome.NotDelivered(inner, Outcome.Cause.NOT_SENDABLE));
    }
  }

  /** Outer, as it came: the value proves the address and nothing else (RFC 9175, Section 2.3). */
  private static Request echoing(Request outer, Bytes echo) {
    return outer.with(new Option(OptionNumber.ECHO, echo));
  }
}
