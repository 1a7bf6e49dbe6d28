package dev.moat.oscore.kudos;

import dev.moat.bytes.Once;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.RequestBinding;
import dev.moat.oscore.rekey.RekeyException;
import dev.moat.oscore.rekey.RekeyException.Reason;

/**
 * A server that has offered its nonce: BUSY (1,0) in the draft. When the client begins at the same
 * time, the client's offer goes first: {@link #abandon}, then {@link KudosServerIdle#receive}.
 */
public final class KudosServerOffered {
  private final Once<KudosInputs> inputs;
  private final KudosField offer;
  private final SecurityContext temporary;

  KudosServerOffered(KudosInputs inputs, KudosField offer, SecurityContext temporary) {
    this.inputs = new Once<>(inputs);
    this.offer = offer;
    this.temporary = temporary;
  }

  /**
   * Protects a divergent response with CTX_TEMP.
   *
   * @param ordinary of a request that was verified with CTX_OLD, and acted on
   */
  public Response respond(RequestBinding ordinary, Response inner) throws RekeyException {
    return KudosMessages.protect(ordinary.in(temporary), inner, offer, inputs.look().crypto());
  }

  /**
   * Verifies the client's convergent request, which confirms CTX_NEW. The request itself is then
   * served under CTX_NEW, as any other.
   *
   * @throws RekeyException SIMULTANEOUS, NOT_VERIFIED, DOWNGRADE, MODE_MISMATCH, NO_BOOTSTRAP or
   *     NOT_RECORDED; the state stays as it is
   */
  public Confirmed receive(Request outer) throws RekeyException {
    KudosInputs before = inputs.look();
    KudosOption option = KudosMessages.option(outer.options());
    if (!option.field().convergent()) {
      throw new RekeyException(Reason.SIMULTANEOUS);
    }
    KudosRun.Check check =
        look -> {
          var unused = KudosMessages.verify(look, outer, option.standard(), before.crypto());
        };
    KudosRun run = KudosRun.answered(before, offer, option.field(), check);
    var unused = inputs.take();
    temporary.close();
    return new Confirmed(run.confirmed(), KudosMessages.standard(outer, option));
  }

  /** Gives the run up; CTX_OLD stays in use. */
  public KudosServerIdle abandon() {
    temporary.close();
    return new KudosServerIdle(inputs.take());
  }

  /**
   * Confirmed, and to be served.
   *
   * @param confirmed CTX_NEW
   * @param request the convergent request, to be verified with CTX_NEW, without the extension
   */
  public record Confirmed(KudosConfirmed confirmed, Request request) {}
}
