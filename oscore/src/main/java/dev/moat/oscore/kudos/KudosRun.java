package dev.moat.oscore.kudos;

import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.rekey.FreshContexts;
import dev.moat.oscore.rekey.RekeyException;

/**
 * A run whose both nonces are known: CTX_NEW and its parameters.
 *
 * @param inputs from before the run
 * @param own this endpoint's message
 * @param received the peer's
 * @param parameters of CTX_NEW
 * @param context CTX_NEW
 */
record KudosRun(
    KudosInputs inputs,
    KudosField own,
    KudosField received,
    ContextParameters parameters,
    SecurityContext context) {

  /** This endpoint answers: CTX_NEW is used for the first time by this endpoint. */
  static KudosRun answering(KudosInputs inputs, KudosField offer) throws RekeyException {
    KudosField answer = inputs.answer(offer);
    ContextParameters parameters = inputs.fresh(offer, answer);
    return new KudosRun(inputs, answer, offer, parameters, establish(inputs, parameters));
  }

  /**
   * This endpoint has offered, and {@code check} verifies the peer's answer, by a context to look.
   */
  static KudosRun answered(KudosInputs inputs, KudosField offer, KudosField answer, Check check)
      throws RekeyException {
    inputs.requireMatching(offer, answer);
    ContextParameters parameters = inputs.fresh(offer, answer);
    try (SecurityContext look = FreshContexts.unrecorded(parameters, inputs.crypto())) {
      check.verify(look);
    } catch (RekeyException refused) {
      parameters.close();
      throw refused;
    }
    return new KudosRun(inputs, offer, answer, parameters, establish(inputs, parameters));
  }

  private static SecurityContext establish(KudosInputs inputs, ContextParameters parameters)
      throws RekeyException {
    try {
      return inputs.establish(parameters);
    } catch (RekeyException failure) {
      parameters.close();
      throw failure;
    }
  }

  /** Erases CTX_OLD's parameters: nothing that was sent before can be derived any more. */
  KudosConfirmed confirmed() {
    inputs.latest().close();
    boolean forwardSecret = !own.withoutForwardSecrecy() && !received.withoutForwardSecrecy();
    return new KudosConfirmed(
        context, forwardSecret, inputs.after(parameters, inputs.learned(own, received)));
  }

  /** CTX_OLD stays; CTX_NEW is erased. */
  void abandon() {
    parameters.close();
    context.close();
  }

  /** Verifies a message; throws when it does not. */
  @FunctionalInterface
  interface Check {
    void verify(SecurityContext context) throws RekeyException;
  }
}
