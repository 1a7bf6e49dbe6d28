package dev.moat.endpoint.stack;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.engine.echo.EchoMint;
import dev.moat.engine.echo.EchoPurpose;
import dev.moat.engine.freshness.MintedChallenges;
import dev.moat.oscore.filter.FreshnessProof;

/** Echo values of the engine's own mint; bound to the peer, and so to the security context. */
final class MintedProofs implements FreshnessProof {
  private final EchoMint mint;
  private final MintedChallenges freshness;

  MintedProofs(EchoMint mint) {
    this.mint = mint;
    this.freshness = new MintedChallenges(mint);
  }

  @Override
  public Bytes mint(Peer peer, long nowNanos) {
    return freshness.mint(peer, nowNanos);
  }

  @Override
  public boolean isFresh(Bytes echo, Peer peer, long nowNanos, long windowNanos) {
    return freshness.isFresh(echo, peer, nowNanos, windowNanos);
  }

  @Override
  public Bytes reachability(Peer outerPeer, long nowNanos) {
    return mint.mint(EchoPurpose.REACHABILITY, outerPeer, nowNanos);
  }
}
