package dev.moat.oscore.context;

import static dev.moat.oscore.Fixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.crypto.AeadAlgorithm;
import dev.moat.oscore.OscoreException.Reason;
import dev.moat.oscore.context.KeyUsage.UsageState;
import org.junit.jupiter.api.Test;

class KeyUsageTest {
  @Test
  void refusesOneSealTooMany() throws Exception {
    KeyUsage usage = new KeyUsage(new KeyUsageLimits(16, 4, 4));
    for (int i = 0; i < 13; i++) {
      usage.countSeal();
    }
    assertThat(usage.state()).isEqualTo(UsageState.FINE);
    usage.countSeal();
    assertThat(usage.state()).isEqualTo(UsageState.NEARING);
    usage.countSeal();
    usage.countSeal();
    assertThat(usage.state()).isEqualTo(UsageState.REACHED);
    assertRefused(Reason.KEY_USAGE_LIMIT, usage::countSeal);
    assertThat(usage.seals()).isEqualTo(16);
    usage.requireOpen();
  }

  @Test
  void refusesToOpenAfterTooManyForgeries() throws Exception {
    KeyUsage usage = new KeyUsage(new KeyUsageLimits(16, 2, 2));
    usage.requireOpen();
    usage.countForgery();
    usage.requireOpen();
    usage.countForgery();
    assertRefused(Reason.KEY_USAGE_LIMIT, usage::requireOpen);
    assertThat(usage.state()).isEqualTo(UsageState.REACHED);
    assertThat(usage.forgeries()).isEqualTo(2);
    usage.countSeal();
  }

  @Test
  void countsOnTopOfWhatEarlierProcessesDid() throws Exception {
    KeyUsage usage = new KeyUsage(new KeyUsageLimits(10, 2, 2), () -> 9);
    usage.countSeal();
    assertThat(usage.seals()).isEqualTo(10);
    assertRefused(Reason.KEY_USAGE_LIMIT, usage::countSeal);
  }

  @Test
  void hasTheLimitsOfTheDraft() {
    for (AeadAlgorithm algorithm : AeadAlgorithm.values()) {
      KeyUsageLimits limits = KeyUsageLimits.of(algorithm);
      assertThat(limits.seals()).isEqualTo(1 << 20);
      assertThat(limits.forgeries()).isEqualTo(algorithm.tagOctets() == 8 ? 1 << 14 : 1 << 20);
      assertThat(limits.forgeriesRefused())
          .isEqualTo(algorithm.tagOctets() == 8 ? 1L << 32 : 1L << 40);
    }
    assertThat(new KeyUsage(KeyUsageLimits.of(AeadAlgorithm.AES_GCM_128)).limits())
        .isEqualTo(new KeyUsageLimits(1 << 20, 1 << 20, 1L << 40));
  }

  @Test
  void tellsOfForgeriesLongBeforeItStopsVerifying() throws Exception {
    KeyUsage usage = new KeyUsage(new KeyUsageLimits(16, 2, 4));
    usage.countForgery();
    usage.countForgery();
    assertThat(usage.state()).isEqualTo(UsageState.REACHED);
    usage.requireOpen();
    usage.countForgery();
    usage.countForgery();
    assertRefused(Reason.KEY_USAGE_LIMIT, usage::requireOpen);
  }

  @Test
  void refusesLimitsThatForbidAllUse() {
    assertThatThrownBy(() -> new KeyUsageLimits(0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeyUsageLimits(1, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeyUsageLimits(1, 2, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
