package dev.moat.edhoc.coap.halfopen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.edhoc.coap.halfopen.GuardPolicy.Proof;
import dev.moat.edhoc.coap.halfopen.HandshakeGuard.Verdict;
import dev.moat.testkit.InsecureSeededRandom;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HandshakeGuardTest {
  private static final long SECOND = 1_000_000_000L;

  private static HandshakeGuard guard(GuardPolicy policy) {
    return new HandshakeGuard(policy, new InsecureSeededRandom(9));
  }

  private static Peer peer(int host) {
    return Peer.of(Bytes.of(192, 0, host >> 8, host & 0xff), 5683);
  }

  @Test
  void asksNothingWithoutLoad() {
    HandshakeGuard guard = guard(GuardPolicy.defaults());
    for (int i = 0; i < 64; i++) {
      assertThat(guard.judge(peer(1), false, 0, 0)).isEqualTo(Verdict.ADMIT);
    }
  }

  @Test
  @Tag("LK-020")
  @Tag("LK-097")
  void asksForProofFromSoManyStepsInASecondOn() {
    HandshakeGuard guard = guard(GuardPolicy.defaults().withLoad(100, 3));
    for (int i = 0; i < 3; i++) {
      assertThat(guard.judge(peer(i), false, 0, SECOND)).isEqualTo(Verdict.ADMIT);
    }
    assertThat(guard.judge(peer(4), false, 0, 2 * SECOND - 1)).isEqualTo(Verdict.PROVE);
    assertThat(guard.judge(peer(4), true, 0, 2 * SECOND - 1)).isEqualTo(Verdict.ADMIT);
    assertThat(guard.judge(peer(5), false, 0, 2 * SECOND)).isEqualTo(Verdict.ADMIT);
  }

  @Test
  @Tag("LK-097")
  void asksForProofFromSoManyHandshakesOn() {
    HandshakeGuard guard = guard(GuardPolicy.defaults().withLoad(3, 100));
    assertThat(guard.judge(peer(1), false, 2, 0)).isEqualTo(Verdict.ADMIT);
    assertThat(guard.judge(peer(1), false, 3, 0)).isEqualTo(Verdict.PROVE);
  }

  @Test
  @Tag("LK-097")
  void admitsOneStepForEachAddressAndIntervalUnderLoad() {
    HandshakeGuard guard =
        guard(GuardPolicy.defaults().withLoad(1, 100).withInterval(Duration.ofSeconds(2)));
    Peer otherPort = Peer.of(peer(1).address(), 1);
    assertThat(guard.judge(peer(1), true, 1, 0)).isEqualTo(Verdict.ADMIT);
    assertThat(guard.judge(otherPort, true, 1, 0)).isEqualTo(Verdict.WAIT);
    assertThat(guard.judge(peer(2), true, 1, 0)).isEqualTo(Verdict.ADMIT);
    assertThat(guard.judge(peer(1), true, 1, 2 * SECOND - 1)).isEqualTo(Verdict.WAIT);
    assertThat(guard.judge(peer(1), true, 1, 2 * SECOND + 1)).isEqualTo(Verdict.ADMIT);
    assertThat(guard.retrySeconds()).isEqualTo(2);
  }

  @Test
  @Tag("LK-097")
  void looksAtAFewLaterMessagesAndPacesOthersApartFromBeginnings() {
    HandshakeGuard guard = guard(GuardPolicy.defaults().withLoad(1, 100));
    assertThat(guard.judge(peer(1), true, 1, 0)).isEqualTo(Verdict.ADMIT);
    for (int attempts = 0; attempts < 3; attempts++) {
      assertThat(guard.judgeLater(peer(1), false, 1, attempts, 0)).isEqualTo(Verdict.ADMIT);
    }
    assertThat(guard.judgeLater(peer(1), false, 1, 3, 0)).isEqualTo(Verdict.PROVE);
    assertThat(guard.judgeLater(peer(1), true, 1, 3, 0)).isEqualTo(Verdict.ADMIT);
    assertThat(guard.judgeLater(peer(1), true, 1, 3, 0)).isEqualTo(Verdict.WAIT);
    assertThat(guard.judgeLater(peer(1), true, 1, 3, SECOND + 1)).isEqualTo(Verdict.ADMIT);
  }

  @Test
  @Tag("LK-020")
  void asksAlwaysOrNeverWhenToldSo() {
    HandshakeGuard always = guard(GuardPolicy.defaults().withProof(Proof.ALWAYS));
    assertThat(always.judge(peer(1), false, 0, 0)).isEqualTo(Verdict.PROVE);
    assertThat(always.judge(peer(1), true, 0, 0)).isEqualTo(Verdict.ADMIT);
    HandshakeGuard never =
        guard(GuardPolicy.defaults().withProof(Proof.INSECURE_NEVER).withLoad(1, 1));
    assertThat(never.judge(peer(1), false, 5, SECOND)).isEqualTo(Verdict.ADMIT);
    assertThat(never.judge(peer(1), false, 5, SECOND)).isEqualTo(Verdict.WAIT);
  }

  @Test
  void retriesNoSoonerThanAfterASecond() {
    assertThat(guard(GuardPolicy.defaults().withInterval(Duration.ofMillis(1))).retrySeconds())
        .isEqualTo(1);
  }

  @Test
  void refusesThresholdsOfNothing() {
    GuardPolicy defaults = GuardPolicy.defaults();
    assertThatIllegalArgumentException().isThrownBy(() -> defaults.withLoad(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> defaults.withLoad(1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> defaults.withInterval(Duration.ZERO));
  }
}
