package dev.moat.oscore.kudos;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.Once;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.option.OscoreOption;
import dev.moat.oscore.protect.ProtectedRequest;
import dev.moat.oscore.protect.RequestBinding;
import dev.moat.oscore.rekey.RekeyException;

/**
 * A client that has answered the server's offer and waits for confirmation: PENDING in the draft.
 * Until then all its requests are convergent.
 */
public final class KudosClientPending {
  private final Once<KudosRun> run;
  private final Response response;

  KudosClientPending(KudosRun run, Response response) {
    this.run = new Once<>(run);
    this.response = response;
  }

  /** What the server answered to the ordinary request, by its divergent response. */
  public Response response() {
    return response;
  }

  /** Protects a convergent request with CTX_NEW. */
  public ProtectedRequest request(Request inner) throws RekeyException {
    KudosRun pending = run.look();
    return KudosMessages.protect(
        pending.context(), inner, pending.own(), pending.inputs().crypto());
  }

  /**
   * Verifies a response under CTX_NEW, which confirms it.
   *
   * @param binding of a convergent request
   * @throws RekeyException NOT_VERIFIED; the state stays as it is
   */
  public Confirmed receive(RequestBinding binding, Response outer) throws RekeyException {
    KudosRun pending = run.look();
    Response inner =
        KudosMessages.verify(binding, outer, standard(outer), pending.inputs().crypto());
    return new Confirmed(run.take().confirmed(), inner);
  }

  private static OscoreOption standard(Response outer) throws RekeyException {
    if (KudosMessages.isExtended(outer.options())) {
      return KudosMessages.option(outer.options()).standard();
    }
    try {
      return OscoreOption.decode(outer.options().first(OptionNumber.OSCORE).orElse(Bytes.empty()));
    } catch (OscoreException refused) {
      throw new RekeyException(refused);
    }
  }

  /** Gives the run up; CTX_OLD stays in use. */
  public KudosClientIdle abandon() {
    KudosRun pending = run.take();
    pending.abandon();
    return new KudosClientIdle(pending.inputs());
  }

  /**
   * Confirmed, and answered.
   *
   * @param confirmed CTX_NEW
   * @param response what the server says to the convergent request
   */
  public record Confirmed(KudosConfirmed confirmed, Response response) {}
}
