package dev.moat.oscore.protect;

import dev.moat.coap.service.Request;

/** What became of a protected request. */
public sealed interface Unprotected {
  /**
   * Verified, and received for the first time.
   *
   * @param inner the request as the client made it
   * @param binding what its responses are protected with
   */
  record Fresh(Request inner, RequestBinding binding) implements Unprotected {}

  /**
   * Received before, or too old to tell (RFC 8613, Section 7.4). Not necessarily genuine: what is
   * known from the replay window needs no verification.
   *
   * @param partialIv the Partial IV
   */
  record Replay(long partialIv) implements Unprotected {}

  /**
   * Verified, and nobody knows whether for the first time: the replay window is not trusted yet. It
   * must not be acted on before its Echo has been checked and {@link
   * dev.moat.oscore.context.ReplayCell#resynchronise} agreed (RFC 8613, Appendix B.1.2).
   *
   * @param inner the request as the client made it
   * @param binding never permits the request's nonce, which may be used already
   */
  record Unsynchronised(Request inner, RequestBinding binding) implements Unprotected {}
}
