package dev.moat.oscore.kudos;

import dev.moat.bytes.Once;
import dev.moat.coap.service.Response;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.RequestBinding;
import dev.moat.oscore.rekey.RekeyException;
import dev.moat.oscore.rekey.RekeyException.Reason;

/** A client that runs no key update: IDLE in the draft. */
public final class KudosClientIdle {
  private final Once<KudosInputs> inputs;

  /** Begins with CTX_OLD. */
  public KudosClientIdle(KudosInputs inputs) {
    this.inputs = new Once<>(inputs);
  }

  /**
   * Offers a nonce, by a divergent request. No request under CTX_OLD may be outstanding but
   * observations (Section 4.3.7), and none may be sent before this run ends.
   *
   * @throws RekeyException NO_BOOTSTRAP
   */
  public KudosClientOffered offer() throws RekeyException {
    KudosInputs before = inputs.look();
    KudosField offer = before.offer();
    SecurityContext temporary = before.temporaryContext(offer);
    return new KudosClientOffered(inputs.take(), offer, temporary);
  }

  /**
   * Answers the server's divergent response to an ordinary request.
   *
   * @param ordinary the request, under CTX_OLD
   * @throws RekeyException OTHER_STEP, NOT_VERIFIED, DOWNGRADE, NO_BOOTSTRAP or NOT_RECORDED; the
   *     state stays as it is
   */
  public KudosClientPending answer(RequestBinding ordinary, Response outer) throws RekeyException {
    KudosInputs before = inputs.look();
    KudosOption option = KudosMessages.option(outer.options());
    if (option.field().convergent()) {
      throw new RekeyException(Reason.OTHER_STEP);
    }
    before.requireNoDowngrade(option.field());
    try (SecurityContext temporary = before.temporaryContext(option.field())) {
      RequestBinding bound = ordinary.in(temporary);
      Response inner = KudosMessages.verify(bound, outer, option.standard(), before.crypto());
      KudosRun run = KudosRun.answering(before, option.field());
      var unused = inputs.take();
      return new KudosClientPending(run, inner);
    }
  }
}
