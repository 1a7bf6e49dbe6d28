package dev.moat.oscore.kudos;

import dev.moat.bytes.Once;
import dev.moat.coap.service.Request;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.Unprotected;
import dev.moat.oscore.rekey.RekeyException;
import dev.moat.oscore.rekey.RekeyException.Reason;

/** A server that runs no key update: IDLE in the draft. */
public final class KudosServerIdle {
  private final Once<KudosInputs> inputs;

  /** Begins with CTX_OLD. */
  public KudosServerIdle(KudosInputs inputs) {
    this.inputs = new Once<>(inputs);
  }

  /**
   * Verifies a client's divergent request and derives CTX_NEW.
   *
   * @throws RekeyException OTHER_STEP, NOT_VERIFIED, DOWNGRADE, NO_BOOTSTRAP or NOT_RECORDED; the
   *     state stays as it is
   */
  public KudosServerPending receive(Request outer) throws RekeyException {
    KudosInputs before = inputs.look();
    KudosServerPending pending = KudosServerPending.answering(before, outer);
    var unused = inputs.take();
    return pending;
  }

  /**
   * Offers a nonce, by divergent responses to the ordinary requests that come.
   *
   * @throws RekeyException NO_BOOTSTRAP
   */
  public KudosServerOffered offer() throws RekeyException {
    KudosInputs before = inputs.look();
    KudosField offer = before.offer();
    SecurityContext temporary = before.temporaryContext(offer);
    return new KudosServerOffered(inputs.take(), offer, temporary);
  }

  /** Verifies a divergent request; the caller closes the context. */
  static Verified verify(KudosInputs inputs, Request outer) throws RekeyException {
    KudosOption option = KudosMessages.option(outer.options());
    if (option.field().convergent()) {
      throw new RekeyException(Reason.OTHER_STEP);
    }
    inputs.requireNoDowngrade(option.field());
    SecurityContext temporary = inputs.temporaryContext(option.field());
    try {
      Unprotected.Fresh request =
          KudosMessages.verify(temporary, outer, option.standard(), inputs.crypto());
      return new Verified(option.field(), temporary, request);
    } catch (RekeyException refused) {
      temporary.close();
      throw refused;
    }
  }

  /** A divergent request that is genuine under CTX_TEMP. */
  record Verified(KudosField offer, SecurityContext temporary, Unprotected.Fresh request) {}
}
