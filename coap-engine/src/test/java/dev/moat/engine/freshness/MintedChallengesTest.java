package dev.moat.engine.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.engine.echo.EchoMint;
import dev.moat.engine.echo.EchoPurpose;
import dev.moat.engine.fixture.ServerBench;
import dev.moat.testkit.Seeded;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MintedChallengesTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final EchoMint mint = new EchoMint(Seeded.random());
  private final MintedChallenges challenges = new MintedChallenges(mint);

  @Test
  void areFreshWithinTheWindowForTheirPeer() {
    Bytes value = challenges.mint(ServerBench.CLIENT, 0);
    assertThat(challenges.isFresh(value, ServerBench.CLIENT, SECOND, 10 * SECOND)).isTrue();
    assertThat(challenges.isFresh(value, ServerBench.CLIENT, 11 * SECOND, 10 * SECOND)).isFalse();
    assertThat(challenges.isFresh(value, ServerBench.OTHER, SECOND, 10 * SECOND)).isFalse();
  }

  @Test
  @Tag("AT-23")
  void areNotSatisfiedByAProofOfReachability() {
    Bytes outer = mint.mint(EchoPurpose.REACHABILITY, ServerBench.CLIENT, 0);
    assertThat(challenges.isFresh(outer, ServerBench.CLIENT, SECOND, 10 * SECOND)).isFalse();
  }
}
