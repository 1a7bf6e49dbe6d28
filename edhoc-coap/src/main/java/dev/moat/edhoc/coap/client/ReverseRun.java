package dev.moat.edhoc.coap.client;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Response;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.coap.EdhocBody;
import dev.moat.edhoc.coap.EdhocContexts;
import dev.moat.edhoc.coap.EdhocExchange.Ending;
import dev.moat.edhoc.coap.HandshakeException;
import dev.moat.edhoc.coap.HandshakeException.Reason;
import dev.moat.edhoc.coap.RecipientIds;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EdhocError;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.ResponderRun;
import dev.moat.edhoc.run.ResponderStep;
import dev.moat.edhoc.run.ResponderStep.Completed;
import dev.moat.edhoc.run.ResponderStep.PeerAborted;
import dev.moat.edhoc.run.ResponderStep.Rejected;
import dev.moat.edhoc.run.ResponderStep.SendMessage2;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The client as the responder (RFC 9528, Appendix A.2.2). */
final class ReverseRun {
  private final RunContext context;
  private final RecipientIds ids;

  ReverseRun(RunContext context, RecipientIds ids) {
    this.context = context;
    this.ids = ids;
  }

  CompletionStage<Agreed> run() {
    return trigger(false);
  }

  /** Nothing in message_1 can be verified: whoever forges one makes this run fail. */
  private CompletionStage<Agreed> trigger(boolean again) {
    return context
        .exchange(
            new EdhocBody.Trigger(),
            RunContext.message(response -> Optional.of(response.payload())))
        .thenCompose(
            ending ->
                ending.accepted().isPresent()
                    ? respond(ending.accepted().get(), again)
                    : context.failed(ending.error()));
  }

  private CompletionStage<Agreed> respond(Bytes message1, boolean again) {
    Message1 decoded;
    try {
      decoded = Message1.decode(message1);
    } catch (EdhocException malformed) {
      context.refused(malformed);
      return context.failed(Optional.empty());
    }
    Optional<ConnectionId> cR = ids.reserve(context.random(), Optional.of(decoded.cI()));
    if (cR.isEmpty()) {
      return CompletableFuture.failedFuture(new HandshakeException(Reason.NO_ROOM));
    }
    return respond(message1, decoded, cR.get(), again)
        .whenComplete(
            (agreed, failure) -> {
              if (agreed == null || !agreed.ownId().equals(cR.get())) {
                ids.release(cR.get());
              }
            });
  }

  private CompletionStage<Agreed> respond(
      Bytes message1, Message1 decoded, ConnectionId cR, boolean again) {
    EdhocSettings settings = context.config().settings();
    ResponderStep step = ResponderRun.receive(settings, message1, other -> cR, context.random());
    if (step instanceof Rejected rejected) {
      return refuse(rejected, decoded.cI(), again);
    }
    SendMessage2 sending = (SendMessage2) step;
    return CompletableFuture.completedFuture(sending)
        .thenCompose(
            send ->
                EdhocContexts.hasRoomFor(decoded, settings.suites())
                    ? answer(send, decoded.cI())
                    : refuse(Reason.ID_TOO_LONG, decoded.cI()))
        .whenComplete((agreed, failure) -> sending.run().close());
  }

  /** Tells the server why there can be no security context. */
  private CompletionStage<Agreed> refuse(Reason why, ConnectionId cI) {
    Bytes error = new EdhocError.Unspecified(why.description()).encoded();
    return context
        .exchange(new EdhocBody.Failure(cI, error), RunContext.acknowledgement())
        .thenCompose(ending -> CompletableFuture.failedFuture(new HandshakeException(why)));
  }

  /** Tells the server why; with another suite it may try once more (Section 6.3). */
  private CompletionStage<Agreed> refuse(Rejected rejected, ConnectionId cI, boolean again) {
    context.refused(rejected.why());
    if (rejected.errorMessage().isEmpty()) {
      return context.failed(Optional.empty());
    }
    boolean negotiates = rejected.why().reason() == EdhocException.Reason.WRONG_SUITE && !again;
    return context
        .exchange(
            new EdhocBody.Failure(cI, rejected.errorMessage().get()), RunContext.acknowledgement())
        .thenCompose(ending -> negotiates ? trigger(true) : context.failed(Optional.empty()));
  }

  private CompletionStage<Agreed> answer(SendMessage2 sending, ConnectionId cI) {
    return context
        .exchange(
            new EdhocBody.Next(cI, sending.message2()),
            RunContext.message(response -> onMessage3(sending.run(), response)))
        .thenCompose(
            ending ->
                ending.accepted().isPresent()
                    ? finish(ending.accepted().get())
                    : context.failed(ending.error()));
  }

  private Optional<Completed> onMessage3(ResponderRun run, Response response) {
    ResponderStep step = run.onMessage3(response.payload(), context.now());
    if (step instanceof Completed completed) {
      return Optional.of(completed);
    }
    return step instanceof Rejected rejected
        ? context.refused(rejected.why())
        : step instanceof PeerAborted aborted ? context.heard(aborted.error()) : Optional.empty();
  }

  private CompletionStage<Agreed> finish(Completed completed) {
    ConnectionId own = completed.session().cR();
    Agreed agreed = new Agreed(completed.session(), own, Optional.empty());
    if (completed.message4().isEmpty()) {
      return CompletableFuture.completedFuture(agreed);
    }
    return CompletableFuture.completedFuture(
            new EdhocBody.Next(completed.session().cI(), completed.message4().get()))
        .thenCompose(body -> context.exchange(body, RunContext.acknowledgement()))
        .thenCompose(ending -> acknowledged(ending, agreed))
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                agreed.session().close();
              }
            });
  }

  private CompletionStage<Agreed> acknowledged(Ending<Response> ending, Agreed agreed) {
    if (ending.accepted().isPresent()) {
      return CompletableFuture.completedFuture(agreed);
    }
    return context.failed(ending.error());
  }
}
