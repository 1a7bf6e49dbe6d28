package dev.moat.oscore.rederive;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.service.Request;
import dev.moat.crypto.Crypto;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.RequestBinding;
import dev.moat.oscore.rekey.FreshContexts;
import dev.moat.oscore.rekey.RekeyException;

/**
 * What a client has before it derives a context (RFC 8613, Appendix B.2).
 *
 * @param parameters agreed on with the server; their ID Context does not count. Stay the caller's
 * @param crypto the primitives
 * @param random must be good: nothing else keeps nonces from repeating
 * @param contexts makes the context that is kept
 */
public record RederivationInputs(
    ContextParameters parameters, Crypto crypto, RandomSource random, FreshContexts contexts) {
  /** Length of R1 and R3, in octets. */
  static final int NONCE_OCTETS = 8;

  /**
   * Protects request #1 (step 1).
   *
   * @param inner the server does not act on it
   */
  public AwaitingChallenge begin(Request inner) throws RekeyException {
    return AwaitingChallenge.first(this, inner);
  }

  /**
   * Goes on from an ordinary request, which a server that lost its context answers as if it were
   * request #1: the server has begun, step 1 is omitted.
   *
   * @param ordinary the request, of a context with an ID Context
   */
  public AwaitingChallenge after(RequestBinding ordinary) {
    return AwaitingChallenge.after(this, ordinary);
  }

  ContextParameters parameters(Bytes idContext) {
    return parameters.toBuilder().idContext(idContext).build();
  }

  /** A context for one message, or for verifying alone. */
  SecurityContext temporary(Bytes idContext) {
    try (ContextParameters derived = parameters(idContext)) {
      return FreshContexts.unrecorded(derived, crypto);
    }
  }
}
