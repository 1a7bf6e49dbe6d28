package dev.moat.oscore.kudos;

import dev.moat.bytes.Once;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.RequestBinding;
import dev.moat.oscore.protect.Unprotected;
import dev.moat.oscore.rekey.RekeyException;
import dev.moat.oscore.rekey.RekeyException.Reason;

/**
 * A server that has CTX_NEW and waits for confirmation: PENDING in the draft. Whether the client
 * has CTX_NEW is not known, hence CTX_OLD's parameters are kept; nothing is protected with them.
 *
 * <p>A divergent request is not fresh: who kept one back, or repeats it after a restart, makes the
 * server derive again, and no more. It is answered and never acted on.
 */
public final class KudosServerPending {
  private final Once<KudosRun> run;
  private final SecurityContext temporary;
  private final Unprotected.Fresh offered;

  private KudosServerPending(KudosRun run, SecurityContext temporary, Unprotected.Fresh offered) {
    this.run = new Once<>(run);
    this.temporary = temporary;
    this.offered = offered;
  }

  static KudosServerPending answering(KudosInputs inputs, Request outer) throws RekeyException {
    KudosServerIdle.Verified verified = KudosServerIdle.verify(inputs, outer);
    try {
      KudosRun run = KudosRun.answering(inputs, verified.offer());
      return new KudosServerPending(run, verified.temporary(), verified.request());
    } catch (RekeyException failure) {
      verified.temporary().close();
      throw failure;
    }
  }

  /** CTX_NEW. Outgoing messages under it are convergent until it is confirmed. */
  public SecurityContext context() {
    return run.look().context();
  }

  /** The divergent request, which is not fresh: do not act on it. */
  public Request request() {
    return offered.inner();
  }

  /** Protects the convergent response to the divergent request. */
  public Response respond(Response inner) throws RekeyException {
    KudosRun pending = run.look();
    return KudosMessages.protect(
        offered.binding().in(pending.context()), inner, pending.own(), pending.inputs().crypto());
  }

  /**
   * Verifies another divergent request (Section 4.3.3): the same offer again, when the response was
   * lost; another one, when the client began anew, with CTX_OLD or with CTX_NEW.
   *
   * @throws RekeyException OTHER_STEP, NOT_VERIFIED, REPLAY, DOWNGRADE, NO_BOOTSTRAP or
   *     NOT_RECORDED; the state stays as it is
   */
  public KudosServerPending receive(Request outer) throws RekeyException {
    KudosRun pending = run.look();
    KudosOption option = KudosMessages.option(outer.options());
    if (option.field().equals(pending.received())) {
      // Section 4.3.4: no derivation, and CTX_TEMP's window knows what came before.
      Unprotected.Fresh again =
          KudosMessages.verify(temporary, outer, option.standard(), pending.inputs().crypto());
      return new KudosServerPending(run.take(), temporary, again);
    }
    try {
      KudosServerPending fromOld = answering(pending.inputs(), outer);
      left().abandon();
      return fromOld;
    } catch (RekeyException refused) {
      if (refused.reason() != Reason.NOT_VERIFIED) {
        throw refused;
      }
    }
    KudosInputs confirmed =
        pending
            .inputs()
            .after(
                pending.parameters(), pending.inputs().learned(pending.own(), pending.received()));
    KudosServerPending fromNew = answering(confirmed, outer);
    var unused = left().confirmed();
    return fromNew;
  }

  private KudosRun left() {
    KudosRun taken = run.take();
    temporary.close();
    return taken;
  }

  /**
   * Ends the run: the client has CTX_NEW.
   *
   * @param evidence of a request that was verified with CTX_NEW
   * @throws IllegalArgumentException when it is of another context
   */
  public KudosConfirmed confirmedBy(RequestBinding evidence) {
    if (evidence.context() != context()) {
      throw new IllegalArgumentException("no request under CTX_NEW: " + evidence);
    }
    return confirmed();
  }

  /** For who knows by the association that a request was verified with CTX_NEW. */
  KudosConfirmed confirmed() {
    return left().confirmed();
  }
}
