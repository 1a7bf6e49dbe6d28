package dev.moat.oscore.kudos;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.crypto.Crypto;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ReservationException;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.kudos.KudosPolicy.PeerCapability;
import dev.moat.oscore.rekey.FreshContexts;
import dev.moat.oscore.rekey.RekeyException;
import dev.moat.oscore.rekey.RekeyException.Reason;
import java.util.Optional;

/**
 * What an endpoint has when no key update runs.
 *
 * @param latest parameters of CTX_OLD, the context in use. Erased once CTX_NEW is confirmed
 * @param bootstrap parameters that stay on disk for ever; only the no-FS mode needs them
 * @param policy which mode to run in
 * @param crypto the primitives
 * @param random must be good: nothing else keeps nonces from repeating
 * @param contexts makes CTX_NEW; a capable endpoint records its parameters, beside CTX_OLD's
 */
public record KudosInputs(
    ContextParameters latest,
    Optional<ContextParameters> bootstrap,
    KudosPolicy policy,
    Crypto crypto,
    RandomSource random,
    FreshContexts contexts) {

  /** These inputs after a run. */
  KudosInputs after(ContextParameters confirmed, PeerCapability peer) {
    return new KudosInputs(confirmed, bootstrap, policy.knowing(peer), crypto, random, contexts);
  }

  /** This endpoint's offer, with a fresh nonce (Section 4.4.2). */
  KudosField offer() throws RekeyException {
    boolean recorded = policy.capable() && policy.peer() != PeerCapability.NOT_CAPABLE;
    // Section 4.4.3: an endpoint without Bootstrap Master Secret has the FS mode only.
    boolean without = !recorded && bootstrap.isPresent();
    var unused = startingFrom(without);
    return KudosField.divergent(without, nonce());
  }

  /** This endpoint's answer to {@code offer}, with a fresh nonce (Section 4.4.2). */
  KudosField answer(KudosField offer) throws RekeyException {
    requireNoDowngrade(offer);
    boolean without = offer.withoutForwardSecrecy() || (!policy.capable() && bootstrap.isPresent());
    var unused = startingFrom(without);
    return KudosField.convergent(without, nonce());
  }

  private Bytes nonce() {
    return random.bytes(policy.nonceOctets());
  }

  /** Whoever may record, and knows its peer to, is not talked out of forward secrecy. */
  void requireNoDowngrade(KudosField received) throws RekeyException {
    boolean both = policy.capable() && policy.peer() == PeerCapability.CAPABLE;
    if (both && received.withoutForwardSecrecy()) {
      throw new RekeyException(Reason.DOWNGRADE);
    }
  }

  /** Judges the peer's answer to this endpoint's offer. */
  void requireMatching(KudosField offer, KudosField answer) throws RekeyException {
    requireNoDowngrade(answer);
    if (offer.withoutForwardSecrecy() && !answer.withoutForwardSecrecy()) {
      throw new RekeyException(Reason.MODE_MISMATCH);
    }
  }

  /** What a run has shown of the peer. */
  PeerCapability learned(KudosField own, KudosField received) {
    if (!received.withoutForwardSecrecy()) {
      return PeerCapability.CAPABLE;
    }
    // An answer without forward secrecy to an offer without it shows nothing.
    boolean nothing = own.withoutForwardSecrecy() && received.convergent();
    return nothing ? policy.peer() : PeerCapability.NOT_CAPABLE;
  }

  /** Parameters of CTX_TEMP; the caller closes them. */
  ContextParameters temporary(KudosField offer) throws RekeyException {
    ContextParameters from = startingFrom(offer.withoutForwardSecrecy());
    return KudosDerivation.updateContext(offer.input(), Bytes.empty(), from, crypto);
  }

  /** CTX_TEMP, for this endpoint's own offer or to verify the peer's. */
  SecurityContext temporaryContext(KudosField offer) throws RekeyException {
    try (ContextParameters derived = temporary(offer)) {
      return FreshContexts.unrecorded(derived, crypto);
    }
  }

  /** Parameters of CTX_NEW; the caller closes them. The mode is that of the message it protects. */
  ContextParameters fresh(KudosField offer, KudosField answer) throws RekeyException {
    ContextParameters from = startingFrom(answer.withoutForwardSecrecy());
    return KudosDerivation.updateContext(offer.input(), answer.input(), from, crypto);
  }

  private ContextParameters startingFrom(boolean withoutForwardSecrecy) throws RekeyException {
    return withoutForwardSecrecy
        ? bootstrap.orElseThrow(() -> new RekeyException(Reason.NO_BOOTSTRAP))
        : latest;
  }

  /** CTX_NEW. */
  SecurityContext establish(ContextParameters parameters) throws RekeyException {
    try {
      return contexts.establish(parameters);
    } catch (ReservationException failure) {
      throw new RekeyException(failure);
    }
  }
}
