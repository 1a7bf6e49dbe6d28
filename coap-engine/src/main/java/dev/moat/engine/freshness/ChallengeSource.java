package dev.moat.engine.freshness;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;

/**
 * Makes and judges Echo values that prove freshness: integrity-protected, bound to the peer (RFC
 * 9175, Appendix A).
 */
public interface ChallengeSource {
  /** An Echo value of 1 to 40 octets for {@code peer}, made at {@code nowNanos}. */
  Bytes mint(Peer peer, long nowNanos);

  /**
   * True when {@code value} was minted here for {@code peer} less than {@code windowNanos} before
   * {@code nowNanos}.
   */
  boolean isFresh(Bytes value, Peer peer, long nowNanos, long windowNanos);
}
