package dev.moat.engine.freshness;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.engine.echo.EchoMint;
import dev.moat.engine.echo.EchoPurpose;
import dev.moat.engine.echo.EchoVerdict;

/**
 * Challenges made by an {@link EchoMint} for freshness. A value made for reachability never
 * satisfies freshness.
 */
public final class MintedChallenges implements ChallengeSource {
  private final EchoMint mint;

  /**
   * Uses {@code mint}, which the same event loop owns; its keys live at least as long as any
   * window.
   */
  public MintedChallenges(EchoMint mint) {
    this.mint = mint;
  }

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
