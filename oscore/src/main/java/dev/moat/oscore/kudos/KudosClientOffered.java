package dev.moat.oscore.kudos;

import dev.moat.bytes.Once;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.ProtectedRequest;
import dev.moat.oscore.protect.RequestBinding;
import dev.moat.oscore.rekey.RekeyException;
import dev.moat.oscore.rekey.RekeyException.Reason;

/**
 * A client that has offered its nonce: BUSY (1,0) in the draft. Responses that are refused change
 * nothing. When the server begins at the same time, its divergent response is refused: the draft
 * leaves open which 'x' the two then derive from, and the client's offer goes first.
 */
public final class KudosClientOffered implements AutoCloseable {
  private final Once<KudosInputs> inputs;
  private final KudosField offer;
  private final SecurityContext temporary;

  KudosClientOffered(KudosInputs inputs, KudosField offer, SecurityContext temporary) {
    this.inputs = new Once<>(inputs);
    this.offer = offer;
    this.temporary = temporary;
  }

  /**
   * Protects a divergent request with CTX_TEMP; again when the first was lost, with the same nonce
   * and the next Partial IV.
   *
   * @param inner without payload; the server does not act on it but for the answer
   */
  public ProtectedRequest request(Request inner) throws RekeyException {
    return KudosMessages.protect(temporary, inner, offer, inputs.look().crypto());
  }

  /**
   * Verifies the server's convergent response, which confirms CTX_NEW.
   *
   * @param binding of one of the divergent requests
   * @throws RekeyException NOT_VERIFIED, SIMULTANEOUS, DOWNGRADE, MODE_MISMATCH, NO_BOOTSTRAP or
   *     NOT_RECORDED; the state stays as it is
   */
  public KudosConfirmed receive(RequestBinding binding, Response outer) throws RekeyException {
    KudosInputs before = inputs.look();
    KudosOption option = KudosMessages.option(outer.options());
    if (!option.field().convergent()) {
      throw new RekeyException(Reason.SIMULTANEOUS);
    }
    KudosRun.Check check =
        look -> {
          var unused =
              KudosMessages.verify(binding.in(look), outer, option.standard(), before.crypto());
        };
    KudosRun run = KudosRun.answered(before, offer, option.field(), check);
    var unused = inputs.take();
    temporary.close();
    return run.confirmed();
  }

  /** Gives the run up; CTX_OLD stays in use. */
  public KudosClientIdle abandon() {
    temporary.close();
    return new KudosClientIdle(inputs.take());
  }

  /** Erases CTX_TEMP. */
  @Override
  public void close() {
    temporary.close();
  }
}
