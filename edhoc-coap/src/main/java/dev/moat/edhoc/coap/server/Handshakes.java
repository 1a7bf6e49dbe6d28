package dev.moat.edhoc.coap.server;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Response;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.coap.EdhocContexts;
import dev.moat.edhoc.coap.EdhocMessages;
import dev.moat.edhoc.coap.HandshakeEvent;
import dev.moat.edhoc.coap.HandshakeException;
import dev.moat.edhoc.coap.RecipientIds;
import dev.moat.edhoc.coap.halfopen.HalfOpen;
import dev.moat.edhoc.coap.halfopen.HandshakeGuard;
import dev.moat.edhoc.coap.halfopen.HandshakeTable;
import dev.moat.edhoc.coap.server.Waiting.Progress;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.ResponderRun;
import dev.moat.edhoc.run.ResponderStep;
import dev.moat.edhoc.run.ResponderStep.Rejected;
import dev.moat.edhoc.run.ResponderStep.SendMessage2;
import dev.moat.edhoc.suite.Method;
import java.util.Optional;
import java.util.function.Function;

/** The handshakes of a server: what follows from each message. Safe to share among event loops. */
final class Handshakes {
  /** How soon a client may come again whose other message is being processed. */
  private static final long SOON_SECONDS = 1;

  private final Desk desk;
  private final RecipientIds ids;
  private final HandshakeTable table;
  private final HandshakeGuard guard;

  Handshakes(Desk desk, RecipientIds ids) {
    this.desk = desk;
    this.ids = ids;
    this.table = new HandshakeTable(desk.config().limits(), ids::release);
    this.guard = new HandshakeGuard(desk.config().guard(), desk.random());
  }

  HandshakeTable table() {
    return table;
  }

  /** The answer to what is longer than any message is to be. */
  Optional<Answer> tooLong(Bytes payload, Origin origin) {
    return desk.tooLong(payload, origin).map(Answer.Send::new);
  }

  /** message_1: the forward flow begins (RFC 9528, Appendix A.2.1). */
  Answer begin(Bytes message1, Origin origin) {
    if (!desk.config().forward()) {
      return refused(new EdhocException(Reason.METHOD_NOT_SUPPORTED), origin);
    }
    try {
      Message1 decoded = Message1.decode(message1);
      return repeated(message1, origin)
          .or(() -> guarded(origin))
          .orElseGet(
              () ->
                  admitted(
                      origin,
                      Optional.of(decoded.cI()),
                      cR -> respond(cR, message1, decoded, origin)));
    } catch (EdhocException malformed) {
      return refused(malformed, origin);
    }
  }

  /** An empty request: the reverse flow begins (Appendix A.2.2). */
  Answer trigger(Origin origin) {
    Optional<Method> method = desk.config().reverse();
    if (method.isEmpty()) {
      return new Answer.Send(Response.diagnostic(Code.BAD_REQUEST, "no reverse flow here"));
    }
    return repeated(Bytes.empty(), origin)
        .or(() -> guarded(origin))
        .orElseGet(
            () -> admitted(origin, Optional.empty(), cI -> initiate(cI, method.get(), origin)));
  }

  /** What a first message has been answered before; it is not processed again (Section 7). */
  private Optional<Answer> repeated(Bytes first, Origin origin) {
    return table
        .find(
            state -> state instanceof Waiting waiting && waiting.beganWith(origin.peer(), first),
            origin.nowNanos())
        .map(state -> fitted(((Waiting) state).firstAnswer(), origin));
  }

  /** The answer to who has to show more, or wait, before anything costly is done (Section 9.7). */
  private Optional<Answer> guarded(Origin origin) {
    return verdict(
        guard.judge(origin.peer(), origin.proven(), table.halfOpen(), origin.nowNanos()), origin);
  }

  private Optional<Answer> verdict(HandshakeGuard.Verdict verdict, Origin origin) {
    return switch (verdict) {
      case ADMIT -> Optional.empty();
      case PROVE -> Optional.of(prove(origin));
      case WAIT -> Optional.of(busy(origin, guard.retrySeconds()));
    };
  }

  private Answer admitted(
      Origin origin, Optional<ConnectionId> other, Function<ConnectionId, Begun> begin) {
    Optional<ConnectionId> id = ids.reserve(desk.random(), other);
    if (id.isEmpty() || !table.reserve(id.get(), origin.proven(), origin.nowNanos())) {
      return busy(origin, guard.retrySeconds());
    }
    Begun begun = begin(id.get(), begin);
    if (begun.waiting().isEmpty()) {
      table.release(id.get());
      return new Answer.Send(begun.answer());
    }
    return table.put(id.get(), begun.waiting().get())
        ? fitted(begun.answer(), origin)
        : busy(origin, guard.retrySeconds());
  }

  private Begun begin(ConnectionId id, Function<ConnectionId, Begun> begin) {
    try {
      return begin.apply(id);
    } catch (RuntimeException fault) {
      table.release(id);
      throw fault;
    }
  }

  private Begun respond(ConnectionId cR, Bytes message1, Message1 decoded, Origin origin) {
    ResponderStep step =
        ResponderRun.receive(desk.config().settings(), message1, cI -> cR, desk.random());
    if (step instanceof SendMessage2 sending) {
      // Only now it is certain that the suite is the one, and that it is not another to be
      // demanded.
      if (!EdhocContexts.hasRoomFor(decoded, desk.config().settings().suites())) {
        sending.run().close();
        return new Begun(
            Optional.empty(), desk.refused(origin, HandshakeException.Reason.ID_TOO_LONG));
      }
      Response answer = desk.config().response(sending.message2());
      return new Begun(
          Optional.of(
              new AwaitingMessage3(
                  desk, origin.peer(), message1, answer, sending.run(), origin.nowNanos())),
          answer);
    }
    Rejected rejected = (Rejected) step;
    return new Begun(
        Optional.empty(), desk.refused(origin, rejected.why(), rejected.errorMessage()));
  }

  private Begun initiate(ConnectionId cI, Method method, Origin origin) {
    InitiatorRun run = InitiatorRun.begin(desk.config().initiator(), method, cI, desk.random());
    return new Begun(
        Optional.of(new AwaitingMessage2(desk, origin.peer(), run, Optional.empty())),
        desk.config().response(run.message1()));
  }

  /** A later message. */
  Answer next(ConnectionId id, Bytes message, Origin origin) {
    return guardedLater(id, origin)
        .orElseGet(
            () ->
                answer(
                    id, origin, advance(id, origin, waiting -> waiting.receive(message, origin))));
  }

  /**
   * As {@link #guarded}, for a message that claims to be of a handshake under way. Identifiers
   * travel in the clear, so that anyone can make one; none ends the handshake.
   */
  private Optional<Answer> guardedLater(ConnectionId id, Origin origin) {
    boolean costly =
        table
            .look(id, origin.nowNanos())
            .map(state -> state instanceof Waiting waiting && waiting.isCostly())
            .orElse(false);
    return costly
        ? verdict(
            guard.judgeLater(
                origin.peer(),
                origin.proven(),
                table.halfOpen(),
                table.attempts(id),
                origin.nowNanos()),
            origin)
        : Optional.empty();
  }

  /** An error message, which anyone can send. */
  Answer failed(ConnectionId id, Bytes error, Origin origin) {
    return answer(id, origin, advance(id, origin, waiting -> waiting.failed(error, origin)));
  }

  /**
   * message_3 of a combined request (RFC 9668, Section 3.3.1, step 4).
   *
   * @return empty when the session is complete, so that the request may go on
   */
  Optional<Answer> combined(ConnectionId cR, Bytes message3, Origin origin) {
    if (!desk.config().combined()) {
      return Optional.of(refused(new EdhocException(Reason.SESSION_ENDED), origin));
    }
    Optional<Answer> refusal = tooLong(message3, origin).or(() -> guardedLater(cR, origin));
    if (refusal.isPresent()) {
      return refusal;
    }
    Optional<Progress> progress =
        advance(
            cR,
            origin,
            waiting ->
                waiting.takesCombined()
                    ? waiting.receive(message3, origin)
                    : new Progress(waiting, EdhocMessages.error(Reason.SESSION_ENDED)));
    boolean complete =
        progress.isPresent()
            && progress.get().next() instanceof Concluded concluded
            && concluded.established()
            && concluded.last().equals(message3);
    return complete ? Optional.empty() : Optional.of(answer(cR, origin, progress));
  }

  /** Takes the handshake out, processes a message, and puts the next state back. */
  private Optional<Progress> advance(
      ConnectionId id, Origin origin, Function<Waiting, Progress> process) {
    Optional<HalfOpen> taken = table.take(id, origin.nowNanos());
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    Waiting waiting = (Waiting) taken.get();
    try {
      Progress progress = process.apply(waiting);
      var unused = table.put(id, progress.next());
      return Optional.of(progress);
    } catch (RuntimeException fault) {
      table.release(id);
      waiting.close();
      throw fault;
    }
  }

  private Answer answer(ConnectionId id, Origin origin, Optional<Progress> progress) {
    if (progress.isPresent()) {
      return fitted(progress.get().answer(), origin);
    }
    if (table.has(id)) {
      return busy(origin, SOON_SECONDS);
    }
    desk.emit(new HandshakeEvent.UnknownSession(origin.peer(), id));
    return new Answer.Send(EdhocMessages.error(Reason.SESSION_ENDED));
  }

  /** An answer that would not arrive whole waits until the address has proven itself. */
  private Answer fitted(Response answer, Origin origin) {
    return origin.mayGet(answer) ? new Answer.Send(answer) : prove(origin);
  }

  private Answer prove(Origin origin) {
    desk.emit(new HandshakeEvent.ProofDemanded(origin.peer()));
    return new Answer.Prove();
  }

  private Answer busy(Origin origin, long seconds) {
    desk.emit(new HandshakeEvent.Postponed(origin.peer()));
    return Answer.busy(seconds);
  }

  /** The answer to what could not be read. */
  Answer refused(EdhocException why, Origin origin) {
    return new Answer.Send(desk.refused(origin, why, Optional.empty()));
  }

  /** How a handshake begins: with a state that waits, or not at all. */
  private record Begun(Optional<Waiting> waiting, Response answer) {}
}
