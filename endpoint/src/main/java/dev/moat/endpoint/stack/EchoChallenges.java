package dev.moat.endpoint.stack;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.engine.echo.EchoMint;
import dev.moat.engine.echo.EchoPurpose;
import dev.moat.engine.echo.EchoVerdict;
import dev.moat.engine.freshness.ChallengeSource;

/**
 * Echo values for freshness: one that only proves reachability never counts (RFC 9175, Section
 * 2.6).
 */
record EchoChallenges(EchoMint mint) implements ChallengeSource {
  @Override
  public Bytes mint(Peer peer, long nowNanos) {
    return mint.mint(EchoPurpose.FRESHNESS, peer, nowNanos);
  }

  @Override
  public boolean isFresh(Bytes value, Peer peer, long nowNanos, long windowNanos) {
    return mint.verify(value, EchoPurpose.FRESHNESS, peer, nowNanos, windowNanos)
        == EchoVerdict.VALID;
  }
}
