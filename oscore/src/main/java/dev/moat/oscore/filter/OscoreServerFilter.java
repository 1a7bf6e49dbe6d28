package dev.moat.oscore.filter;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import dev.moat.coap.service.Ticker;
import dev.moat.oscore.ErrorResponses;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.Protector;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Server: verifies protected requests and protects their answers (RFC 8613, Sections 8.2 and 8.3).
 *
 * <p>The outermost stage but for outer block-wise: nothing further in sees an octet that is not
 * verified. A request without the OSCORE option passes as it is; policies refuse it where security
 * is demanded.
 */
public final class OscoreServerFilter implements Filter<Request, Reply> {
  private final ServerSecurity security;
  private final FreshnessProof proof;
  private final MessageLayer messageLayer;
  private final Ticker ticker;
  private final EventSink events;
  private final RequestVerifier verifier;
  private final Resynchronisation resynchronisation;
  private final Protector protector;
  private final SequenceOrder order = new SequenceOrder();

  /** Verifies with {@code protector}, which the same event loop owns. */
  public OscoreServerFilter(
      ServerSecurity security,
      Protector protector,
      FreshnessProof proof,
      MessageLayer messageLayer,
      Ticker ticker,
      EventSink events) {
    this.security = security;
    this.proof = proof;
    this.messageLayer = messageLayer;
    this.ticker = ticker;
    this.events = events;
    this.protector = protector;
    this.verifier = new RequestVerifier(security.contexts(), protector, new KeyWear(events));
    this.resynchronisation = new Resynchronisation(proof, security.resyncWindowNanos());
  }

  @Override
  public CompletionStage<Reply> handle(Request outer, Service<Request, Reply> next) {
    if (!outer.options().has(OptionNumber.OSCORE)) {
      return next.handle(outer);
    }
    try {
      VerifiedRequest verified = verifier.verify(outer);
      return verified.synchronised()
          ? admit(outer, verified, next)
          : resynchronise(outer, verified, next);
    } catch (OscoreException refusal) {
      return refuse(outer, refusal.reason());
    }
  }

  /** RFC 8613, Section 8.2: errors of OSCORE are sent without protection, or not at all. */
  private CompletionStage<Reply> refuse(Request outer, OscoreException.Reason reason) {
    events.emit(
        switch (reason) {
          case CONTEXT_NOT_FOUND -> new OscoreEvent.ContextNotFound(outer.peer());
          case REPLAY -> new OscoreEvent.ReplayDetected(outer.peer());
          default -> new OscoreEvent.RequestRejected(outer.peer(), reason);
        });
    if (security.silentErrors()) {
      messageLayer.suppress(outer);
    }
    return reply(ErrorResponses.to(reason));
  }

  /** RFC 8613, Appendix B.1.2: not acted on before it has proved fresh. */
  private CompletionStage<Reply> resynchronise(
      Request outer, VerifiedRequest verified, Service<Request, Reply> next)
      throws OscoreException {
    SecurityContext context = verified.context();
    long nowNanos = ticker.nowNanos();
    if (!resynchronisation.isProven(context, verified.inner(), nowNanos)) {
      return challenge(outer, verified, nowNanos);
    }
    resynchronisation.concluded(context);
    // Another event loop may have been faster: then the window tells whether it had this request.
    if (!context.replay().resynchronise(verified.binding().sequenceNumber())) {
      throw new OscoreException(OscoreException.Reason.REPLAY);
    }
    events.emit(new OscoreEvent.Resynchronised(outer.peer()));
    return admit(outer, verified, next);
  }

  /** Only the Echo option and no payload, under a nonce of this endpoint (Appendix B.1.2). */
  private CompletionStage<Reply> challenge(Request outer, VerifiedRequest verified, long nowNanos)
      throws OscoreException {
    Optional<Response> given = resynchronisation.challengeGiven(verified);
    if (given.isPresent()) {
      return reply(given.get());
    }
    Bytes echo = resynchronisation.echo(verified.inner(), nowNanos);
    events.emit(new OscoreEvent.ResynchronisationDemanded(outer.peer()));
    Response challenge = Response.of(Code.UNAUTHORIZED).with(new Option(OptionNumber.ECHO, echo));
    Response sealed = protection(outer, verified).protect(Reply.of(challenge)).first();
    if (sealed.options().has(OptionNumber.OSCORE)) {
      resynchronisation.challenged(verified, sealed, nowNanos);
    }
    return reply(sealed);
  }

  /**
   * Refuses, under protection, what cannot have come like this by itself (RFC 8613, Section 7.4):
   * the client knows that it was not acted on.
   */
  private Optional<Reply> outOfOrder(Request outer, VerifiedRequest verified) {
    boolean connected = outer.peer().association() != 0;
    if (security.order() == RequestOrder.WINDOW || !connected) {
      return Optional.empty();
    }
    long partialIv = verified.binding().sequenceNumber();
    OptionalLong due = order.breach(outer.peer(), verified.context(), partialIv);
    if (due.isEmpty()) {
      return Optional.empty();
    }
    events.emit(new OscoreEvent.OutOfOrder(outer.peer(), due.getAsLong(), partialIv));
    Response refusal =
        Response.diagnostic(Code.UNAUTHORIZED, "Partial IV out of order on this connection");
    return Optional.of(protection(outer, verified).protect(Reply.of(refusal)));
  }

  private CompletionStage<Reply> admit(
      Request outer, VerifiedRequest verified, Service<Request, Reply> next) {
    Optional<Reply> refusal = outOfOrder(outer, verified);
    if (refusal.isPresent()) {
      return CompletableFuture.completedFuture(refusal.get());
    }
    Request inner = verified.inner();
    // Before any answer: a copy of what was verified is a copy, and gets that answer again.
    messageLayer.verified(outer, inner);
    if (verified.isRegistration() && !mayObserve(outer)) {
      events.emit(new OscoreEvent.ReachabilityDemanded(outer.peer()));
      // Outer, as it proves nothing but the address (RFC 9175, Section 2.3); the message layer
      // recognises it in the next request.
      Bytes echo = proof.reachability(outer.peer(), ticker.nowNanos());
      return reply(Response.of(Code.UNAUTHORIZED).with(new Option(OptionNumber.ECHO, echo)));
    }
    AnswerProtection protection = protection(outer, verified);
    CompletionStage<Reply> answer;
    try {
      answer = next.handle(inner);
    } catch (RuntimeException | StackOverflowError fault) {
      answer = CompletableFuture.failedFuture(fault);
    }
    return answer.handle(
        (given, fault) -> fault == null ? protection.protect(given) : protection.failed(fault));
  }

  private boolean mayObserve(Request outer) {
    return security.insecureObserveUnproven()
        || outer.context().find(Arrival.KEY).map(Arrival::addressProven).orElse(false);
  }

  private AnswerProtection protection(Request outer, VerifiedRequest verified) {
    return new AnswerProtection(outer, verified, protector, messageLayer, events);
  }

  private static CompletionStage<Reply> reply(Response response) {
    return CompletableFuture.completedFuture(Reply.of(response));
  }
}
