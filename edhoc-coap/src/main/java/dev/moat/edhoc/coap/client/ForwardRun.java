package dev.moat.edhoc.coap.client;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Response;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.coap.EdhocBody;
import dev.moat.edhoc.coap.EdhocExchange.Ending;
import dev.moat.edhoc.coap.EdhocMessages;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.InitiatorStep;
import dev.moat.edhoc.run.InitiatorStep.Completed;
import dev.moat.edhoc.run.InitiatorStep.PeerAborted;
import dev.moat.edhoc.run.InitiatorStep.Rejected;
import dev.moat.edhoc.run.InitiatorStep.Retry;
import dev.moat.edhoc.run.InitiatorStep.SendMessage3;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.Method;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The client as the initiator (RFC 9528, Appendix A.2.1). */
final class ForwardRun {
  private final RunContext context;
  private final ConnectionId cI;

  ForwardRun(RunContext context, ConnectionId cI) {
    this.context = context;
    this.cI = cI;
  }

  /** Runs, first with the suite that the server is known to support. */
  CompletionStage<Agreed> run(Method method, Optional<CipherSuite> known) {
    EdhocSettings settings = context.config().settings().usableFor(method, Role.INITIATOR);
    return offer(
        known.isPresent()
            ? InitiatorRun.begin(settings, method, known.get(), cI, context.random())
            : InitiatorRun.begin(settings, method, cI, context.random()));
  }

  private CompletionStage<Agreed> offer(InitiatorRun run) {
    return CompletableFuture.completedFuture(new EdhocBody.First(run.message1()))
        .thenCompose(
            body ->
                context.exchange(body, RunContext.message(response -> onMessage2(run, response))))
        .thenCompose(ending -> answered(run, ending))
        .whenComplete((agreed, failure) -> run.close());
  }

  private Optional<SendMessage3> onMessage2(InitiatorRun run, Response response) {
    InitiatorStep step = run.onMessage2(response.payload(), context.now());
    return step instanceof SendMessage3 sending ? Optional.of(sending) : nothing(step);
  }

  private <T> Optional<T> nothing(InitiatorStep step) {
    if (step instanceof Rejected rejected) {
      return context.refused(rejected.why());
    }
    if (step instanceof Retry unasked) {
      unasked.next().close(); // an error is followed in an error response only
    }
    return step instanceof PeerAborted aborted ? context.heard(aborted.error()) : Optional.empty();
  }

  private CompletionStage<Agreed> answered(InitiatorRun run, Ending<SendMessage3> ending) {
    if (ending.accepted().isPresent()) {
      return finish(run, ending.accepted().get());
    }
    Optional<InitiatorRun> next = ending.error().flatMap(error -> retry(run, error));
    return next.isPresent() ? offer(next.get()) : context.failed(ending.error());
  }

  /** Once, when the server demands another suite (Section 6.3); anyone may have said so. */
  private Optional<InitiatorRun> retry(InitiatorRun run, Response error) {
    if (!EdhocMessages.isError(error)) {
      return Optional.empty();
    }
    InitiatorStep step = run.onError(error.payload());
    return step instanceof Retry retry ? Optional.of(retry.next()) : nothing(step);
  }

  private CompletionStage<Agreed> finish(InitiatorRun run, SendMessage3 sending) {
    EdhocSession session = sending.session();
    Bytes message3 = sending.message3();
    if (context.config().combines(message3.length())) {
      return CompletableFuture.completedFuture(new Agreed(session, cI, Optional.of(message3)));
    }
    return CompletableFuture.completedFuture(new EdhocBody.Next(session.cR(), message3))
        .thenCompose(body -> send(run, body, session))
        .whenComplete(
            (agreed, failure) -> {
              if (failure != null) {
                session.close();
              }
            });
  }

  private CompletionStage<Agreed> send(InitiatorRun run, EdhocBody body, EdhocSession session) {
    return context.config().settings().usesMessage4()
        ? context
            .exchange(body, RunContext.message(response -> onMessage4(run, response)))
            .thenCompose(ending -> agreed(ending, session))
        : context
            .exchange(body, RunContext.acknowledgement())
            .thenCompose(ending -> agreed(ending, session));
  }

  private Optional<EdhocSession> onMessage4(InitiatorRun run, Response response) {
    InitiatorStep step = run.onMessage4(response.payload());
    return step instanceof Completed completed ? Optional.of(completed.session()) : nothing(step);
  }

  private CompletionStage<Agreed> agreed(Ending<?> ending, EdhocSession session) {
    if (ending.accepted().isPresent()) {
      return CompletableFuture.completedFuture(new Agreed(session, cI, Optional.empty()));
    }
    return context.failed(ending.error());
  }
}
