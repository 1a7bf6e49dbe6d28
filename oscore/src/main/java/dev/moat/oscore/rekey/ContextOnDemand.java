package dev.moat.oscore.rekey;

import dev.moat.coap.service.Context;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Service;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.filter.SecuredBy;
import dev.moat.oscore.rekey.RekeyException.Reason;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A client's security context with one server that has to be established, or renewed, by exchanging
 * messages. Requests with {@link #KEY} are protected by it; {@link ContextOnDemandFilter} sees to
 * that.
 *
 * <p>A run begins when a request needs it and no other is outstanding (draft-ietf-core-oscore-key-
 * update-14, Section 4.3.7); until it ends, requests wait. Safe to share among threads.
 */
public final class ContextOnDemand {
  /** Names a request's source of security contexts. */
  public static final Context.Key<ContextOnDemand> KEY = new Context.Key<>("context on demand");

  /** How many requests may wait for a run. */
  public static final int MAX_WAITING = 256;

  private final Procedure procedure;
  private final AtomicReference<DemandState> state;

  /** Has no context yet: the first request begins a run. */
  public ContextOnDemand(Procedure procedure) {
    this.procedure = procedure;
    this.state = new AtomicReference<>(DemandState.EMPTY);
  }

  /** Begins with a context, which is closed when a run has replaced it. */
  public ContextOnDemand(Procedure procedure, SecurityContext first) {
    this.procedure = procedure;
    this.state = new AtomicReference<>(DemandState.EMPTY.renewed(first));
  }

  /** The next request begins a run, whatever the present context's condition is. */
  public void renew() {
    var unused = state.updateAndGet(DemandState::withDemand);
  }

  /**
   * Lends the context for one request, perhaps after a run over {@code lower}. Fails with a {@link
   * RekeyException}; else {@link #giveBack} has to follow.
   */
  CompletionStage<SecurityContext> lend(Peer peer, Service<Request, Outcome> lower) {
    while (true) {
      DemandState before = Objects.requireNonNull(state.get());
      SecurityContext context = before.context();
      if (before.run() != null) {
        return await(before.run(), peer, lower);
      }
      if (context != null && !before.wantsRun()) {
        if (state.compareAndSet(before, before.lent())) {
          return CompletableFuture.completedFuture(context);
        }
        continue;
      }
      Run run = new Run(peer, lower);
      if (state.compareAndSet(before, before.running(run))) {
        CompletionStage<SecurityContext> waiting = await(run, peer, lower);
        startWhenIdle(before.outstanding(), run);
        return waiting;
      }
    }
  }

  private CompletionStage<SecurityContext> await(
      Run run, Peer peer, Service<Request, Outcome> lower) {
    if (run.waiting.incrementAndGet() > MAX_WAITING) {
      return CompletableFuture.failedFuture(new RekeyException(Reason.TOO_MANY_WAITING));
    }
    return run.ended.thenCompose(none -> lend(peer, lower));
  }

  /** A request under the context that was lent for it. */
  Request secured(Request request, SecurityContext context) {
    return procedure.secured(request, context);
  }

  /** Ends a request; {@code outcome} is null when it failed by a fault. */
  void giveBack(@Nullable Outcome outcome) {
    if (outcome instanceof Outcome.Responded) {
      procedure.confirmed();
    }
    boolean doubt = outcome != null && procedure.isLost(outcome);
    DemandState after =
        Objects.requireNonNull(state.updateAndGet(before -> before.givenBack(doubt)));
    if (after.run() != null) {
      startWhenIdle(after.outstanding(), after.run());
    }
  }

  private void startWhenIdle(int outstanding, Run run) {
    if (outstanding == 0) {
      // Composed, so that one that throws ends as well, and nobody waits for ever.
      var unused =
          CompletableFuture.completedFuture(run)
              .thenCompose(begun -> procedure.run(begun.peer, begun.lower))
              .whenComplete((fresh, failure) -> end(run, fresh, failure));
    }
  }

  private void end(Run run, @Nullable SecurityContext fresh, @Nullable Throwable failure) {
    DemandState before = Objects.requireNonNull(state.getAndUpdate(now -> now.ended(fresh)));
    DemandState after = before.ended(fresh);
    SecurityContext replaced = before.context();
    if (replaced != null && replaced != after.context()) {
      replaced.close();
    }
    if (after.context() == null && failure != null) {
      run.ended.completeExceptionally(failure);
    } else {
      run.ended.complete(null);
    }
  }

  /** Establishes a context with a server. */
  public interface Procedure {
    /** Runs once; {@code lower} takes protected messages, with their response gates. */
    CompletionStage<SecurityContext> run(Peer peer, Service<Request, Outcome> lower);

    /**
     * True when a request's end suggests that the server has lost the context: then it is given up.
     */
    boolean isLost(Outcome outcome);

    /** Hears that a response under its context was verified: the server has the same keys. */
    default void confirmed() {}

    /** {@code request}, to be protected by a context that this procedure has established. */
    default Request secured(Request request, SecurityContext context) {
      return SecuredBy.secured(request, context);
    }
  }

  /** A run and those who wait for it. */
  static final class Run {
    private final Peer peer;
    private final Service<Request, Outcome> lower;
    private final AtomicInteger waiting = new AtomicInteger();
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

    Run(Peer peer, Service<Request, Outcome> lower) {
      this.peer = peer;
      this.lower = lower;
    }
  }
}
