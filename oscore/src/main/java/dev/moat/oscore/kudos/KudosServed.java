package dev.moat.oscore.kudos;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.rekey.RekeyException;
import dev.moat.oscore.rekey.RekeyException.Reason;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One client of a {@link KudosServer}. Whoever deals with a message takes the state and puts
 * another one back; meanwhile nobody else has it.
 */
final class KudosServed {
  private static final List<String> RESOURCE = List.of(".well-known", "kudos");

  private final AtomicReference<@Nullable State> state;
  private final Replacement replacement;

  /** Begins idle. */
  KudosServed(KudosInputs inputs, SecurityContext current, Replacement replacement) {
    this.state =
        new AtomicReference<>(new State(new KudosServerIdle(inputs), null, current, current));
    this.replacement = replacement;
  }

  /**
   * Answers a divergent request.
   *
   * @throws RekeyException BUSY when another thread deals with one, and what refuses it
   */
  Response answer(Request outer) throws RekeyException {
    State before = state.getAndSet(null);
    if (before == null) {
      throw new RekeyException(Reason.BUSY);
    }
    State after = before;
    try {
      KudosServerPending pending = before.receive(outer);
      after = before.followedBy(pending);
      if (after.latest() != before.latest()) {
        replacement.replace(this, before.latest(), after.latest());
      }
      return pending.respond(answerTo(pending));
    } finally {
      state.set(after);
    }
  }

  /** A divergent request is not fresh: only the resource that does nothing says that it did. */
  private static Response answerTo(KudosServerPending pending) {
    boolean harmless = pending.request().options().uriPath().equals(RESOURCE);
    return Response.of(harmless ? Code.CHANGED : Code.UNAUTHORIZED);
  }

  /**
   * Ends the pending run when {@code association} is CTX_NEW's; empty when it is not, or another
   * thread deals with a message: then a later request will do.
   */
  Optional<KudosConfirmed> confirm(long association) {
    State before = state.getAndSet(null);
    if (before == null) {
      return Optional.empty();
    }
    if (before.pending() == null || before.latest().association() != association) {
      state.set(before);
      return Optional.empty();
    }
    KudosConfirmed confirmed = before.pending().confirmed();
    before.old().close();
    SecurityContext current = confirmed.context();
    state.set(new State(new KudosServerIdle(confirmed.next()), null, current, current));
    return Optional.of(confirmed);
  }

  /** What a run begins with. */
  @FunctionalInterface
  interface Replacement {
    /** Puts {@code by}, of {@code served}, in the place of {@code replaced}; the state is taken. */
    void replace(KudosServed served, SecurityContext replaced, SecurityContext by);
  }

  /**
   * Idle or pending.
   *
   * @param old CTX_OLD, to be closed at the end of a run
   * @param latest what the table has: CTX_OLD, or CTX_NEW of the pending run
   */
  private record State(
      KudosServerIdle idle,
      @Nullable KudosServerPending pending,
      SecurityContext old,
      SecurityContext latest) {

    KudosServerPending receive(Request outer) throws RekeyException {
      return pending == null ? idle.receive(outer) : pending.receive(outer);
    }

    State followedBy(KudosServerPending next) {
      // The last CTX_NEW is closed when it was given up, and open when the client has shown it.
      boolean shown = pending != null && latest != next.context() && !latest.isClosed();
      if (shown) {
        old.close();
      }
      return new State(idle, next, shown ? latest : old, next.context());
    }
  }
}
