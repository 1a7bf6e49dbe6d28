package dev.moat.engine.client;

import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Service;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Runs a {@link Transfer} over a service. Exchanges that conclude at once do not deepen the stack.
 */
final class TransferRun {
  private final Transfer transfer;
  private final Service<Request, Outcome> service;
  private final CompletableFuture<Outcome> result = new CompletableFuture<>();
  private Optional<Transfer.Step> pending = Optional.empty();
  private boolean running;

  private TransferRun(Transfer transfer, Service<Request, Outcome> service) {
    this.transfer = transfer;
    this.service = service;
  }

  /** The outcome of the whole transfer. */
  static CompletionStage<Outcome> of(Transfer transfer, Service<Request, Outcome> service) {
    TransferRun run = new TransferRun(transfer, service);
    run.go(transfer.start());
    return run.result;
  }

  private void go(Transfer.Step step) {
    pending = Optional.of(step);
    if (running) {
      return;
    }
    running = true;
    while (pending.isPresent()) {
      Transfer.Step current = pending.get();
      pending = Optional.empty();
      perform(current);
    }
    running = false;
  }

  private void perform(Transfer.Step step) {
    if (step instanceof Transfer.Send send) {
      var unused = service.handle(send.request()).whenComplete(this::concluded);
    } else {
      result.complete(((Transfer.Done) step).outcome());
    }
  }

  private void concluded(Outcome outcome, Throwable failure) {
    if (failure != null) {
      result.completeExceptionally(failure);
    } else {
      proceed(outcome);
    }
  }

  /** Whatever fails here must fail the result, or the caller would wait for ever. */
  private void proceed(Outcome outcome) {
    try {
      go(transfer.on(outcome));
    } catch (RuntimeException fault) {
      result.completeExceptionally(fault);
    }
  }
}
